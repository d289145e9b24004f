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

/** The valid orders of this supervision, in order; several supervisions of one matter may run in parallel. */
export const ownOrders = (variables: JsonObject, instance: number): readonly JsonObject[] =>
  listOf(variables, 'supervisionOrders')
    .filter(isJsonObject)
    .filter((order) => order.instance === instance && order.withdrawnAt === undefined);

export const ownOrder = (variables: JsonObject, instance: number): JsonObject | undefined =>
  ownOrders(variables, instance)[0];
