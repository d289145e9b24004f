import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import { isTrue, listOf } from '../variables.js';

/** Art 40 (2) reaches only who was supervised on record and still did not handle the matter. Lateness is not enough. */
export const supervisedInVain = (variables: JsonObject): boolean =>
  listOf(variables, 'supervisionOrders').some(
    (order) => !isJsonObject(order) || order.withdrawnAt === undefined,
  ) && isTrue(variables, 'notHandledAfterSupervision');
