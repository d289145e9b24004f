import { aList, aText, aTruth, nothing } from '../../engine/index.js';
import { listOf, textOf } from '../variables.js';
import { anOrder, ownOrder } from './own-order.js';
import { standing, withStanding } from './standing-grounds.js';
import { provisionOf } from '../provisions.js';
import { declares } from '../declares.js';

const produces = {
  does: '发督办单：头一张的事由是 `supervisionGround`，没有的是超期；再发的沿用头一张的事由和起点。',
  reads: 'supervisionOrders supervisionGround standingGrounds',
  writes: {
    supervised: aTruth,
    supervisionGround: nothing,
    orderGround: aText,
    supervisionOrders: aList(anOrder),
    standingGrounds: standing,
  },
};

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
