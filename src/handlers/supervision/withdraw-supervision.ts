import { isJsonObject } from '../../kernel/index.js';
import type { Handler } from '../../engine/index.js';
import { listOf } from '../variables.js';

/**
 * The lapse of Art 28 (1) that started the supervision has been withdrawn, and so are the orders issued for it, which
 * stay on record with `withdrawnAt`. Writes `supervised`, `supervisionOrders` and `supervisionResult`.
 */
export const withdrawSupervision: Handler = ({ variables, now }) => {
  const orders = listOf(variables, 'supervisionOrders').map((order) =>
    isJsonObject(order) && order.ground === 'art28.p1.i1' && order.withdrawnAt === undefined
      ? { ...order, withdrawnAt: now.toISOString() }
      : order,
  );
  return {
    variables: {
      supervisionOrders: orders,
      supervised: orders.some((order) => !isJsonObject(order) || order.withdrawnAt === undefined),
      supervisionResult: 'withdrawn',
      supervisionGround: null,
    },
  };
};
