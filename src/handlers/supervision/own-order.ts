import { aNumber, anInstant, aRecord, aText, orNull } from '../../engine/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import { listOf } from '../variables.js';

export const anOrder = aRecord({
  ground: aText,
  at: anInstant,
  since: anInstant,
  instance: aNumber,
  withdrawnAt: orNull(anInstant),
});

/** The first valid order of this supervision; several supervisions of one matter may run in parallel. */
export const ownOrder = (variables: JsonObject, instance: number): JsonObject | undefined =>
  listOf(variables, 'supervisionOrders')
    .filter(isJsonObject)
    .find((order) => order.instance === instance && order.withdrawnAt === undefined);
