import type { JsonObject } from '../../kernel/index.js';
import type { Handler } from '../../engine/index.js';
import { listOf, textOf } from '../variables.js';
import { countsOf, figuresOf, type Count, type Counts } from './figures.js';
import { methodOf } from './method.js';

/**
 * A unit's objection has been decided by somebody else. Appends to `objections`; one that was upheld corrects the
 * unit's count, and every figure is computed anew.
 */
export const applyObjection: Handler = ({ variables, now }) => {
  const decided = {
    unit: textOf(variables, 'objectionUnit') ?? '',
    indicator: textOf(variables, 'objectionIndicator') ?? '',
    result: textOf(variables, 'objectionResult') ?? 'rejected',
    at: now.toISOString(),
  };
  const objections = [...listOf(variables, 'objections'), decided];
  const method = methodOf(variables);
  const corrected = correctedCount(variables);
  const counts = countsOf(variables);
  if (decided.result !== 'upheld' || !method || !corrected || !counts[decided.unit]) {
    return { variables: { objections } };
  }
  const after: Counts = {
    ...counts,
    [decided.unit]: { ...counts[decided.unit], [decided.indicator]: corrected },
  };
  return { variables: { objections, counts: asJson(after), ...figuresOf(method, after) } };
};

function correctedCount(variables: JsonObject): Count | undefined {
  const [met, of] = [variables.objectionNumerator, variables.objectionDenominator];
  if (typeof met !== 'number' || typeof of !== 'number') return undefined;
  return Number.isSafeInteger(met) && Number.isSafeInteger(of) && met >= 0 && met <= of
    ? { met, of }
    : undefined;
}

const asJson = (counts: Counts): JsonObject =>
  Object.fromEntries(
    Object.entries(counts).map(([unit, indicators]) => [
      unit,
      Object.fromEntries(Object.entries(indicators).map(([key, { met, of }]) => [key, { met, of }])),
    ]),
  );
