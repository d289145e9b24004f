/** What the program says has happened: the work orders on which somebody or the clock has just acted. */
import { after } from '../time/clock.js';

/** Numbers of work orders; undefined: many, or unknown which. */
type News = readonly string[] | undefined;
type Listener = (concerns: (no: string) => boolean) => void;

/** News that come one upon the other are told together, at most once in so many milliseconds. */
const pause = 400;

const listeners = new Set<Listener>();
let gathered: News = [];

/** @returns how to stop listening */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tell(news: News): void {
  const waiting = gathered === undefined || gathered.length > 0;
  gathered = news && gathered && [...gathered, ...news];
  if (!waiting) after(pause, spread);
}

function spread(): void {
  const told = gathered;
  gathered = [];
  listeners.forEach((listener) => listener((no) => told?.includes(no) ?? true));
}
