import { isApproved } from '../../measures/assessment/index.js';
import { aText } from '../../engine/index.js';
import { inForceFor } from '../provisions.js';
import { methodIn } from './run.js';
import { declares } from '../declares.js';

const produces = { writes: { methodVersion: aText }, errors: ['method-not-approved'] };

/** No assessment without an approved method. Error `method-not-approved`. Writes `methodVersion`. */
export const checkMethod = declares(produces, ({ variables, laws }) => {
  const law = inForceFor(laws);
  const method = methodIn(variables, law);
  if (!method || !isApproved(method, law)) return { error: 'method-not-approved' };
  return { variables: { methodVersion: method.version } };
});
