/** What follows for a case that is under way when the wish for a reply was registered wrongly. */
import type { HandlerContext } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { waivedBy } from './sign-for.js';

/**
 * What a policy spares those who want no reply is decided when the unit signs: decided then, it is decided again by the
 * corrected wish. Before, signing will decide it.
 */
export function replyWishCorrected(
  variables: JsonObject,
  wishesReply: boolean,
  policies: HandlerContext['policies'],
): JsonObject {
  if (variables.signedRound === undefined) return {};
  return {
    ...(variables.feedbackWaived === true ? { feedbackWaived: false } : {}),
    ...(variables.callBackWaived === true ? { callBackWaived: false } : {}),
    ...waivedBy(policies, { ...variables, wishesReply }),
  };
}
