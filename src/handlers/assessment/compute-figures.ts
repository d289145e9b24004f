import type { Handler } from '../../engine/index.js';
import { countsOf, figuresOf } from './figures.js';
import { methodOf } from './method.js';

/** Art 38: computes `figures` and `poorUnits` from `method` and `counts`. */
export const computeFigures: Handler = ({ variables }) => {
  const method = methodOf(variables);
  return method ? { variables: figuresOf(method, countsOf(variables)) } : { error: 'method-not-approved' };
};
