import { aTruth, type HandlerContext } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { alwaysAccuses } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import { accuses } from '../accuses.js';
import { inForceFor } from '../provisions.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = {
  does: '来电人可不可以撤回（`withdrawable`）：政策 `withdrawal` 是 `own-matters` 的，只可以撤回自己的事，举报、有所指控的不可以。',
  reads: 'kind accusedUnit accusation',
  policies: 'withdrawal',
  writes: { withdrawable: aTruth },
};

export const judgeWithdrawal = declares(produces, ({ variables, policies, laws }) => ({
  variables: { withdrawable: isWithdrawable(variables, policies, inForceFor(laws)) },
}));

/**
 * Decides anew, after the kind was corrected, whether the caller may withdraw. If that was never
 * decided, a later step decides it.
 */
export const kindCorrected = (
  variables: JsonObject,
  policies: HandlerContext['policies'],
  law: Law,
): JsonObject =>
  variables['withdrawable'] === undefined ? {} : { withdrawable: isWithdrawable(variables, policies, law) };

const isWithdrawable = (variables: JsonObject, policies: HandlerContext['policies'], law: Law): boolean =>
  policies.value('withdrawal') !== 'none' &&
  !alwaysAccuses(textOf(variables, 'kind') ?? '', law) &&
  !accuses(variables);
