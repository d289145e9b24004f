/** What the trail of a case records of its supervision (Art 28): the precondition of Art 40 (2). */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import type { PastEntry } from '../../engine/index.js';

export interface RecordedSupervision {
  /** There is an order that was not taken back, and after the orders the matter was still not handled. */
  readonly inVain: boolean;
  /** Numbers of the entries that say so, in their order. */
  readonly entries: readonly number[];
}

/**
 * Reads only what the program itself has computed in a step (`computed`): what people wrote in forms or sent along
 * (`data`) proves nothing here. What was withdrawn later no longer stands.
 */
export function recordedSupervision(history: readonly PastEntry[]): RecordedSupervision {
  let orders: readonly Json[] = [];
  let inVain = false;
  const entries: number[] = [];
  for (const { seq, body } of history) {
    const computed: JsonObject = isJsonObject(body.computed) ? body.computed : {};
    const { supervisionOrders, notHandledAfterSupervision } = computed;
    if (Array.isArray(supervisionOrders)) orders = supervisionOrders as readonly Json[];
    if (typeof notHandledAfterSupervision === 'boolean') inVain = notHandledAfterSupervision;
    if (supervisionOrders !== undefined || notHandledAfterSupervision !== undefined) entries.push(seq);
  }
  return { inVain: inVain && orders.some(stands), entries };
}

const stands = (order: Json): boolean => isJsonObject(order) && order.withdrawnAt === undefined;
