import { oneOf } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = { writes: { accountabilityResult: oneOf('no-ground') } };

/**
 * Ends accountability for an unhandled matter that has no ground, because no supervision without
 * result preceded it. Writes `accountabilityResult`.
 */
export const recordNoGround = declares(produces, () => ({
  variables: { accountabilityResult: 'no-ground' },
}));
