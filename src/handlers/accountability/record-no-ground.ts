import { oneOf } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = { writes: { accountabilityResult: oneOf('no-ground') } };

/**
 * Accountability for an unhandled matter requires supervision without result, and there was none.
 * Writes `accountabilityResult`.
 */
export const recordNoGround = declares(produces, () => ({
  variables: { accountabilityResult: 'no-ground' },
}));
