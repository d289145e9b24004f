import { aList, aNumber } from '../../engine/index.js';
import { computed, countsIn, methodIn, ofFigures } from './run.js';
import { anObjection } from './objections.js';
import { declares } from '../declares.js';

const produces = {
  writes: { ...ofFigures, objections: aList(anObjection), openObjections: aNumber },
  errors: ['method-not-approved'],
};

/** Computes `figures` and `poorUnits` from `method`, `counts` and `groups`. */
export const computeFigures = declares(produces, ({ variables }) => {
  const method = methodIn(variables);
  if (!method) return { error: 'method-not-approved' };
  return {
    variables: { ...computed(variables, method, countsIn(variables)), objections: [], openObjections: 0 },
  };
});
