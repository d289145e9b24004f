import type { Handler } from '../../engine/index.js';
import { textOf } from '../variables.js';

/**
 * A unit may stop handling only if acceptance linked the matter to an earlier sheet with the same facts and
 * reasons. Error `not-a-repeat` otherwise.
 */
export const verifyRepeat: Handler = ({ variables }) =>
  textOf(variables, 'repeatOf') === undefined ? { error: 'not-a-repeat' } : { variables: {} };
