import { aText, oneOf, orNull } from '../../engine/index.js';
import { ownOrder } from './own-order.js';
import { standing, withoutStanding } from './standing-grounds.js';
import { declares } from '../declares.js';

const produces = {
  does: '两次督办都期满。',
  reads: 'supervisionOrders standingGrounds',
  writes: { supervisionResult: oneOf('not-handled'), lapsedGround: orNull(aText), standingGrounds: standing },
};

export const recordNotHandled = declares(produces, ({ variables, instance }) => ({
  variables: {
    supervisionResult: 'not-handled',
    lapsedGround: ownOrder(variables, instance)?.ground ?? null,
    ...withoutStanding(variables, instance),
  },
}));
