import { aTruth, type HandlerContext } from '../../engine/index.js';
import { accuses } from '../accuses.js';
import type { JsonObject } from '../../kernel/index.js';
import { declares } from '../declares.js';

const produces = {
  does: '当场答复的，要不要别人确认（`spotConfirmationDue`）：政策 `spotClosing` 不是 `free`，又有所指控。',
  reads: 'accusedUnit accusation',
  policies: 'spotClosing',
  writes: { spotConfirmationDue: aTruth },
};

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
