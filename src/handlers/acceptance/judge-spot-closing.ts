import { aTruth, type HandlerContext } from '../../engine/index.js';
import { accuses } from '../accuses.js';
import type { JsonObject } from '../../kernel/index.js';
import { declares } from '../declares.js';

const produces = { writes: { spotConfirmationDue: aTruth } };

/**
 * Any kind of matter may be answered on the spot, but an agent cannot establish facts against
 * somebody. Writes `spotConfirmationDue`: under the policy `spotClosing` = `confirm` another person
 * confirms if somebody is accused.
 */
export const judgeSpotClosing = declares(produces, ({ variables, policies }) => ({
  variables: { spotConfirmationDue: isConfirmationDue(variables, policies) },
}));

/**
 * True if the sheet was closed on the spot without confirmation, and a correction has since shown
 * that it needed one.
 */
export const closedUnconfirmed = (
  before: JsonObject,
  after: JsonObject,
  policies: HandlerContext['policies'],
): boolean => before['spotConfirmationDue'] === false && isConfirmationDue(after, policies);

const isConfirmationDue = (variables: JsonObject, policies: HandlerContext['policies']): boolean =>
  accuses(variables) && policies.value('spotClosing') !== 'free';
