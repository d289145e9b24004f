import type { Handler } from '../../engine/index.js';

/** Art 40 (2) without supervision in vain. Writes `accountabilityResult`. */
export const recordNoGround: Handler = () => ({ variables: { accountabilityResult: 'no-ground' } });
