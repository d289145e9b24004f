import { aList, aNumber } from '../../engine/index.js';
import { inForceFor } from '../provisions.js';
import { computed, countsIn, methodIn, ofFigures } from './run.js';
import { anObjection } from './objections.js';
import { declares } from '../declares.js';

const produces = {
  writes: { ...ofFigures, objections: aList(anObjection), openObjections: aNumber },
  errors: ['method-not-approved'],
};

/** Computes `figures` and `poorUnits` from `method`, `counts` and `groups`. */
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
