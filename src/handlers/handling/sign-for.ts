import { aNumber, aTruth, oneOf, type HandlerContext } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { countOf } from '../variables.js';
import { isOverdue, limits, replyPaused } from './clocks.js';
import { declares } from '../declares.js';

const produces = {
  writes: {
    signedRound: aNumber,
    callBackAttempts: aNumber,
    feedbackWaived: aTruth,
    callBackWaived: aTruth,
    callBackWaivedFor: oneOf('upstream', 'no-reply-wanted'),
  },
};

/**
 * The unit signs for the sheet. If the policy `replyStart` says `receipt`, the five working days
 * restart now, once a round, unless they have passed. Writes `signedRound`, `callBackAttempts` (how
 * often to call back a caller who does not answer), and steps that policies waive for this case:
 * `feedbackWaived`, `callBackWaived` with `callBackWaivedFor`.
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
      ...waivedBy(policies, variables),
    },
    ...(begins ? { clocks: [{ act: 'restart', limit: limits.reply }] } : {}),
  };
});

/**
 * The reason is that the caller wants no reply, or that the upstream hotline that sent the sheet
 * calls the caller back itself.
 */
export function waivedBy(policies: HandlerContext['policies'], variables: JsonObject): JsonObject {
  const noReply = variables.wishesReply === false;
  const waivedFor =
    variables.fromUpstream === true && policies.value('callBackForUpstream') === 'left'
      ? 'upstream'
      : noReply && policies.value('callBackWithoutReply') === 'waived' && 'no-reply-wanted';
  return {
    ...(noReply && policies.value('feedbackWithoutReply') === 'waived' ? { feedbackWaived: true } : {}),
    ...(waivedFor ? { callBackWaived: true, callBackWaivedFor: waivedFor } : {}),
  };
}
