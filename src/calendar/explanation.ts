/** Explains an instant by recomputing it from its derivation. */
import type { JsonObject } from '../kernel/json.js';
import type { Law } from '../kernel/law.js';
import { countingRule } from './deadline.js';
import { readDerivation } from './due-dates.js';
import { createDueInstant } from './due-instant.js';
import type { WorkingCalendar } from './working-calendar.js';

/**
 * Rule, start, and every day with the reason why it is counted or not.
 *
 * @param calendar of the derivation's edition; without it only the derivation itself is returned
 */
export function explain(derivation: JsonObject, calendar: WorkingCalendar | undefined, law: Law): JsonObject {
  const read = readDerivation(derivation);
  if (!read || !calendar) return derivation;
  const { timer, from, policies, adjustments } = read;
  return createDueInstant(calendar, countingRule(law))(timer, from, { policies, adjustments }).explanation;
}
