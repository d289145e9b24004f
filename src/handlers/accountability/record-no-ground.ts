import { oneOf } from '../../engine/index.js';
import { declares } from '../declares.js';

const produces = { writes: { accountabilityResult: oneOf('no-ground') } };

/** Accountability for a matter not handled needs supervision in vain; there was none. Writes `accountabilityResult`. */
export const recordNoGround = declares(produces, () => ({
  variables: { accountabilityResult: 'no-ground' },
}));
