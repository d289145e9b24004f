/** Clocks of a regulation, and limits that pass between the entries of a trail. */
import type { Body } from '../../accountability/events/index.js';
import type { DutyEntry } from './interpret.js';

/** @param seq any number; `inTime` assigns the right one */
export const passing = (at: Date, seq: number, body: Body<'timer.fired'>): DutyEntry => ({
  type: 'timer.fired',
  seq,
  at,
  body,
});

/**
 * Inserts passed limits into the trail at their place, numbered between their neighbours. An act at
 * the very instant of a limit is in time.
 */
export function inTime(trail: readonly DutyEntry[], passings: readonly DutyEntry[]): readonly DutyEntry[] {
  if (passings.length === 0) return trail;
  const left = passings.toSorted((one, other) => one.at.getTime() - other.at.getTime());
  const all: DutyEntry[] = [];
  const passNext = (before: number): void => {
    const next = left.shift();
    if (next) all.push({ ...next, seq: before - 0.5 });
  };
  for (const entry of trail) {
    while (left[0] && left[0].at < entry.at) passNext(entry.seq);
    all.push(entry);
  }
  while (left.length > 0) passNext((trail.at(-1)?.seq ?? 0) + 1);
  return all;
}
