import { aNumber, aTruth, oneOf, type HandlerContext } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { countOf } from '../variables.js';
import { isOverdue, limits, replyPaused } from './clocks.js';
import { declares } from '../declares.js';

const produces = {
  does: '单位签收。政策 `replyStart` 是 `receipt` 的，期限自此重新起算，一轮一次；并记下政策免去的步骤、未接通的回访几次。',
  reads: 'round signedRound replyOverdue replyPaused wishesReply fromUpstream',
  policies: 'replyStart callBackAttempts callBackForUpstream callBackWithoutReply feedbackWithoutReply',
  moves: { restart: 'reply' },
  writes: {
    signedRound: aNumber,
    callBackAttempts: aNumber,
    feedbackWaived: aTruth,
    callBackWaived: aTruth,
    callBackWaivedFor: oneOf('upstream', 'no-reply-wanted'),
  },
};

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
