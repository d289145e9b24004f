/** Why an instant is that instant, counted again from what it was derived from. */
import type { JsonObject } from '../kernel/json.js';
import type { Law } from '../kernel/law.js';
import { countingRule } from './deadline.js';
import { readDerivation } from './due-dates.js';
import { createDueInstant } from './due-instant.js';
import type { WorkingCalendar } from './working-calendar.js';

/**
 * Rule, start, every day counted or not and why.
 *
 * @param calendar of the derivation's edition; without it the derivation itself is all there is to say
 */
export function explain(derivation: JsonObject, calendar: WorkingCalendar | undefined, law: Law): JsonObject {
  const read = readDerivation(derivation);
  if (!read || !calendar) return derivation;
  const { timer, from, policies, adjustments } = read;
  return createDueInstant(calendar, countingRule(law))(timer, from, { policies, adjustments }).explanation;
}
