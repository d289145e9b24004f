import type { Handler } from '../../engine/index.js';
import { computed, countsIn, methodIn } from './run.js';

/** Computes `figures` and `poorUnits` from `method`, `counts` and `groups`. */
export const computeFigures: Handler = ({ variables }) => {
  const method = methodIn(variables);
  if (!method) return { error: 'method-not-approved' };
  return {
    variables: { ...computed(variables, method, countsIn(variables)), objections: [], openObjections: 0 },
  };
};
