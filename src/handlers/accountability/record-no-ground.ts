import type { Handler } from '../../engine/index.js';

/** Accountability for a matter not handled needs supervision in vain; there was none. Writes `accountabilityResult`. */
export const recordNoGround: Handler = () => ({ variables: { accountabilityResult: 'no-ground' } });
