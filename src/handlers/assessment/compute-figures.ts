import { aList, aNumber } from '../../engine/index.js';
import { inForceFor } from '../provisions.js';
import { computed, countsIn, methodIn, ofFigures } from './run.js';
import { anObjection } from './objections.js';
import { declares } from '../declares.js';

const produces = {
  does: '按办法（`method`）、各单位的数（`counts`）和分组（`groups`）计算各项指标。',
  reads: 'method counts groups',
  writes: { ...ofFigures, objections: aList(anObjection), openObjections: aNumber },
  errors: { 'method-not-approved': '没有考核办法' },
};

export const computeFigures = declares(produces, ({ variables, laws }) => {
  const law = inForceFor(laws);
  const method = methodIn(variables, law);
  if (!method) return { error: 'method-not-approved' };
  return {
    variables: {
      ...computed(variables, method, countsIn(variables, law), law),
      objections: [],
      openObjections: 0,
    },
  };
});
