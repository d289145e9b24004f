import { isJsonObject } from '../../kernel/index.js';
import type { Handler } from '../../engine/index.js';
import { listOf } from '../variables.js';
import { withStanding } from './standing-grounds.js';

/**
 * The limit of the order issued at `resumedSince` had not expired: the order stands and supervision continues.
 * This instance takes over the orders of that supervision.
 */
export const resumeOrder: Handler = ({ variables, instance }) => {
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
};
