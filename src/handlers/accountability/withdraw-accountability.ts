import type { Handler } from '../../engine/index.js';
import { withoutOpen } from './open-accountabilities.js';

/**
 * The supervision on which accountability rested has been withdrawn. Writes `accountabilityResult`, `accountabilityOpened`
 * and `notHandledAfterSupervision`.
 */
export const withdrawAccountability: Handler = ({ variables, instance }) => ({
  variables: {
    accountabilityResult: 'withdrawn',
    accountabilityOpened: false,
    notHandledAfterSupervision: false,
    notHandledAt: null,
    ...withoutOpen(variables, instance),
  },
});
