/**
 * Computes until when a caller may demand an explanation after the matter has ended: the policy
 * `explanationWindow`, in days.
 */
import { civilDateOf, civilDateOfDay, dayNumberOf } from '../kernel/civil-date.js';
import { aDate, type HandlerContext } from '../engine/index.js';
import type { JsonObject } from '../kernel/index.js';
import { declares } from './declares.js';

/**
 * `explanationUntil`: the last day; empty if the matter has not ended. The day on which the matter
 * ends does not count.
 */
export function explanationUntil({ policies, now, variables }: HandlerContext): JsonObject {
  const days = Number(policies.value('explanationWindow') ?? 0);
  // A corrected outcome does not end the matter again.
  if (!(days > 0) || variables.explanationUntil !== undefined) return {};
  return { explanationUntil: civilDateOfDay(dayNumberOf(civilDateOf(now)) + days) };
}

/** Writes `explanationUntil` where a decision table states the outcome. */
export const openExplanations = declares({ writes: { explanationUntil: aDate } }, (context) => ({
  variables: explanationUntil(context),
}));
