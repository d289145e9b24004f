import type { Handler } from '../../engine/index.js';
import { supervisedInVain } from './supervision-precondition.js';

/**
 * Checks the precondition of Art 40 (2) from what supervision has recorded, not from a form. Writes `clueGround`
 * and `accountabilityOpened`; error `precondition-missing` where there was no supervision or it succeeded.
 */
export const verifySupervisionPrecondition: Handler = ({ variables }) =>
  supervisedInVain(variables)
    ? { variables: { clueGround: 'art40.p1.i2', accountabilityOpened: true } }
    : { error: 'precondition-missing' };
