/** Consequences for a running case if the wish for a reply was registered wrongly. */
import type { HandlerContext } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { waivedBy } from './sign-for.js';

/**
 * Whether a policy spares callers who want no reply is decided when the unit signs. After that, the
 * corrected wish decides it again; before that, signing will decide it.
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
