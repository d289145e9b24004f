/** The days of an explanation as compact JSON. */
import type { JsonObject } from '../kernel/json.js';
import type { CountedDay } from './day.js';

/**
 * Merges consecutive days with the same reason into one entry with `to`: seven days of 国庆节 become one.
 *
 * @param days consecutive
 */
export function compactDays(days: readonly CountedDay[]): JsonObject[] {
  const runs: { first: CountedDay; last: CountedDay }[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const continues = run?.last.counted === day.counted && run.last.why === day.why;
    if (continues) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs.map(({ first, last }) => ({
    date: first.date,
    ...(last === first ? {} : { to: last.date }),
    counted: first.counted,
    why: first.why,
  }));
}

/**
 * Shortens an explanation that is nested in another one: leaves its days out, because the nested
 * deadline has an explanation of its own that lists them.
 */
export function withoutDays(explanation: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(explanation).filter(([key]) => key !== 'days'));
}
