import type { Counts } from '../../measures/assessment/index.js';
import { aList, aNumber, anything } from '../../engine/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { inForceFor } from '../provisions.js';
import { listOf, textOf } from '../variables.js';
import { computed, countsIn, methodIn, ofFigures } from './run.js';
import { anObjection } from './objections.js';
import { declares } from '../declares.js';

const produces = {
  does: '按裁定办一项异议，记下结果；成立的更正那个单位的数，各项指标重新计算。没有这个编号的、裁定过的，什么也不改。',
  reads:
    'objections objectionNumber objectionResult objectionNumerator objectionDenominator objectionReason method counts groups',
  writes: { objections: aList(anObjection), openObjections: aNumber, counts: anything, ...ofFigures },
};

export const applyObjection = declares(produces, ({ variables, now, laws }) => {
  const before = listOf(variables, 'objections');
  const at = before.findIndex(
    (one) => isJsonObject(one) && one.number === variables.objectionNumber && one.result === null,
  );
  const objection = before[at];
  if (!isJsonObject(objection)) return { variables: { openObjections: openObjections(before) } };
  const result = textOf(variables, 'objectionResult') ?? 'rejected';
  const correction = result === 'upheld' ? correctedCount(variables) : undefined;
  const objections = before.with(at, {
    ...objection,
    result,
    decidedAt: now.toISOString(),
    reason: textOf(variables, 'objectionReason') ?? null,
    ...(correction ? { corrected: { met: correction.met, of: correction.of } } : {}),
  });
  const noted = { objections, openObjections: openObjections(objections) };
  const law = inForceFor(laws);
  const method = methodIn(variables, law);
  const counts = countsIn(variables, law);
  const { unit, measure } = objection;
  if (!method || !correction || typeof unit !== 'string' || typeof measure !== 'string' || !counts[unit]) {
    return { variables: noted };
  }
  const after: Counts = { ...counts, [unit]: { ...counts[unit], [measure]: correction } };
  return { variables: { ...noted, counts: asJson(after), ...computed(variables, method, after, law) } };
});

/** Undecided objections: results are final only at zero. */
export const openObjections = (objections: readonly Json[]): number =>
  objections.filter((one) => isJsonObject(one) && one.result === null).length;

function correctedCount(variables: JsonObject): { readonly met: number; readonly of: number } | undefined {
  const [met, of] = [variables.objectionNumerator, variables.objectionDenominator];
  if (typeof met !== 'number' || typeof of !== 'number') return undefined;
  return Number.isSafeInteger(met) && Number.isSafeInteger(of) && met >= 0 && met <= of
    ? { met, of }
    : undefined;
}

const asJson = (counts: Counts): JsonObject => JSON.parse(JSON.stringify(counts)) as JsonObject;
