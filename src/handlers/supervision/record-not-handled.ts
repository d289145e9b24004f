import type { Handler } from '../../engine/index.js';
import { ownOrder } from './own-order.js';
import { withoutStanding } from './standing-grounds.js';

/** Both orders expired. Writes `supervisionResult`, and `lapsedGround`: the ground of this supervision. */
export const recordNotHandled: Handler = ({ variables, instance }) => ({
  variables: {
    supervisionResult: 'not-handled',
    lapsedGround: ownOrder(variables, instance)?.ground ?? null,
    ...withoutStanding(variables, instance),
  },
});
