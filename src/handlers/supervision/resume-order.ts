import { isJsonObject } from '../../kernel/index.js';
import { aList, aText, nothing, orNull } from '../../engine/index.js';
import { listOf } from '../variables.js';
import { anOrder } from './own-order.js';
import { standing, withStanding } from './standing-grounds.js';
import { declares } from '../declares.js';

const produces = {
  does: '督办单的期限其实未满：恢复 `resumedSince` 那一张，督办接着走。',
  reads: 'supervisionOrders resumedSince standingGrounds',
  writes: {
    supervisionResult: nothing,
    orderGround: orNull(aText),
    supervisionOrders: aList(anOrder),
    standingGrounds: standing,
  },
};

export const resumeOrder = declares(produces, ({ variables, instance }) => {
  const orders = listOf(variables, 'supervisionOrders');
  const resumed = orders
    .filter(isJsonObject)
    .find(({ at, withdrawnAt }) => at === variables.resumedSince && withdrawnAt === undefined);
  const ground = resumed?.ground ?? null;
  return {
    variables: {
      supervisionResult: null,
      orderGround: ground,
      supervisionOrders: orders.map((order) =>
        resumed && isJsonObject(order) && order.instance === resumed.instance
          ? { ...order, instance }
          : order,
      ),
      ...withStanding(variables, instance, ground),
    },
  };
});
