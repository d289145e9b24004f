import { aTruth, type HandlerContext } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { alwaysAccuses } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import { accuses } from '../accuses.js';
import { inForceFor } from '../provisions.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = { writes: { withdrawable: aTruth } };

/**
 * Decides whether the caller may withdraw the matter. Writes `withdrawable`. Under the policy
 * `withdrawal` = `own-matters` it is true for matters that concern only the caller: no kind that
 * always accuses, and nothing that accuses somebody. Under `none` it is false.
 */
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
