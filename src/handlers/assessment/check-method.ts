import type { Handler } from '../../engine/index.js';
import { isApproved, methodOf } from './method.js';

/** Art 31: no assessment without an approved method. Error `method-not-approved`. Writes `methodVersion`. */
export const checkMethod: Handler = ({ variables }) => {
  const method = methodOf(variables);
  if (!method || !isApproved(method)) return { error: 'method-not-approved' };
  return { variables: { methodVersion: method.version } };
};
