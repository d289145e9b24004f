import { aTruth, type HandlerContext } from '../../engine/index.js';
import { accuses } from '../accuses.js';
import type { JsonObject } from '../../kernel/index.js';
import { declares } from '../declares.js';

const produces = { writes: { spotConfirmationDue: aTruth } };

/**
 * No kind of matter is excluded from an answer on the spot, but an agent cannot establish facts against
 * somebody. Writes `spotConfirmationDue`: under the policy `spotClosing` = `confirm` another person confirms where
 * somebody is accused.
 */
export const judgeSpotClosing = declares(produces, ({ variables, policies }) => ({
  variables: { spotConfirmationDue: isConfirmationDue(variables, policies) },
}));

/** Whether it was closed without a confirmation that a correction afterwards shows to have been due. */
export const closedUnconfirmed = (
  before: JsonObject,
  after: JsonObject,
  policies: HandlerContext['policies'],
): boolean => before['spotConfirmationDue'] === false && isConfirmationDue(after, policies);

const isConfirmationDue = (variables: JsonObject, policies: HandlerContext['policies']): boolean =>
  accuses(variables) && policies.value('spotClosing') !== 'free';
