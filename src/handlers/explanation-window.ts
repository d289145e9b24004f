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

export const openExplanations = declares(
  {
    does: '由决策表写结果的，记下到哪一日可以要求说明。',
    reads: 'explanationUntil',
    policies: 'explanationWindow',
    writes: { explanationUntil: aDate },
  },
  (context) => ({
    variables: explanationUntil(context),
  }),
);
