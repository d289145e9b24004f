import { isJsonObject } from '../../kernel/index.js';
import { aList, nothing } from '../../engine/index.js';
import { listOf } from '../variables.js';
import { anOrder } from './own-order.js';
import { standing, withStanding } from './standing-grounds.js';
import { declares } from '../declares.js';

const produces = {
  writes: { supervisionResult: nothing, supervisionOrders: aList(anOrder), standingGrounds: standing },
};

/**
 * The limit of the order issued at `resumedSince` had not expired: the order remains valid and
 * supervision continues. This instance takes over the orders of that supervision.
 */
export const resumeOrder = declares(produces, ({ variables, instance }) => {
  const orders = listOf(variables, 'supervisionOrders');
  const resumed = orders
    .filter(isJsonObject)
    .find(({ at, withdrawnAt }) => at === variables.resumedSince && withdrawnAt === undefined);
  return {
    variables: {
      supervisionResult: null,
      supervisionOrders: orders.map((order) =>
        resumed && isJsonObject(order) && order.instance === resumed.instance
          ? { ...order, instance }
          : order,
      ),
      ...withStanding(variables, instance, resumed?.ground ?? null),
    },
  };
});
