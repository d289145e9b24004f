import { aList, aText, aTruth, nothing } from '../../engine/index.js';
import { listOf, textOf } from '../variables.js';
import { anOrder, ownOrder } from './own-order.js';
import { standing, withStanding } from './standing-grounds.js';
import { provisionOf } from '../provisions.js';
import { declares } from '../declares.js';

const produces = {
  writes: {
    supervised: aTruth,
    supervisionGround: nothing,
    orderGround: aText,
    supervisionOrders: aList(anOrder),
    standingGrounds: standing,
  },
};

/**
 * Issues a supervision order. Writes `supervised`, appends to `supervisionOrders` (ground, time,
 * start and instance of its supervision). Writes the ground to `orderGround` and those of all open
 * supervisions to `standingGrounds`; clears `supervisionGround`. A second order has the ground and
 * start of the first; a first one has the ground in `supervisionGround`, else the lapse that
 * started the process.
 */
export const issueOrder = declares(produces, ({ variables, instance, now, laws }) => {
  const at = now.toISOString();
  const first = ownOrder(variables, instance);
  const ground =
    first?.ground ?? textOf(variables, 'supervisionGround') ?? provisionOf('supervision-late', laws);
  const since = first?.since ?? at;
  return {
    variables: {
      supervised: true,
      supervisionGround: null,
      orderGround: ground,
      supervisionOrders: [...listOf(variables, 'supervisionOrders'), { ground, at, since, instance }],
      ...withStanding(variables, instance, ground),
    },
  };
});
