/** Notifications about changed work orders. */
import { after } from '../time/clock.js';

/** Numbers of work orders; undefined if unknown or too many. */
type News = readonly string[] | undefined;
type Listener = (concerns: (no: string) => boolean) => void;

/** Notifications are batched; milliseconds. */
const pause = 400;

const listeners = new Set<Listener>();
let gathered: News = [];

/** @returns the unsubscribe function */
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
