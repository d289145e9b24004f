/** A deadline's explanation as compact JSON: strings, booleans, whole numbers and null only. */
import type { JsonObject } from '../kernel/json.js';
import type { CountedDay } from './day.js';

/**
 * Days with one reason in a row become one entry with `to`: seven days of 国庆节 are said once.
 *
 * @param days one after the other, none left out
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

/** Where a derivation stands inside another one: what it came to. Its days are told in its own deadline's. */
export function withoutDays(derivation: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(derivation).filter(([key]) => key !== 'days'));
}
