import { aNumber, aTruth, type HandlerContext } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { countOf } from '../variables.js';
import { isOverdue, limits, replyPaused } from './clocks.js';
import { declares } from '../declares.js';

const produces = {
  writes: { signedRound: aNumber, callBackAttempts: aNumber, feedbackWaived: aTruth, callBackWaived: aTruth },
};

/**
 * The unit signs for the sheet. If the policy `replyStart` says `receipt`, the five working days restart
 * now, once a round, unless they have passed. Writes `signedRound`, `callBackAttempts`
 * (how often a caller who does not answer is called back), and, if the caller wants no reply and a policy
 * permits it, `feedbackWaived` and `callBackWaived`.
 */
export const signFor = declares(produces, ({ policies, variables }) => {
  const round = Math.max(1, countOf(variables, 'round'));
  const begins =
    policies.value('replyStart') === 'receipt' &&
    countOf(variables, 'signedRound') !== round &&
    !isOverdue(variables, 'reply') &&
    !replyPaused(variables);
  return {
    variables: {
      signedRound: round,
      callBackAttempts: Number(policies.value('callBackAttempts') ?? 1),
      ...(variables.wishesReply === false ? waivedWithoutReply(policies) : {}),
    },
    ...(begins ? { clocks: [{ act: 'restart', limit: limits.reply }] } : {}),
  };
});

export function waivedWithoutReply(policies: HandlerContext['policies']): JsonObject {
  return {
    ...(policies.value('feedbackWithoutReply') === 'waived' ? { feedbackWaived: true } : {}),
    ...(policies.value('callBackWithoutReply') === 'waived' ? { callBackWaived: true } : {}),
  };
}
