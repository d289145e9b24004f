import { isApproved } from '../../assessment/index.js';
import type { Handler } from '../../engine/index.js';
import { methodIn } from './run.js';

/** No assessment without an approved method. Error `method-not-approved`. Writes `methodVersion`. */
export const checkMethod: Handler = ({ variables }) => {
  const method = methodIn(variables);
  if (!method || !isApproved(method)) return { error: 'method-not-approved' };
  return { variables: { methodVersion: method.version } };
};
