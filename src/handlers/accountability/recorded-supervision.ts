/** What a case's trail records of its supervision (Art 28): the precondition of Art 40 (2). */
import { computedOf, listIn, readContent } from '../../accountability/events/index.js';
import { isJsonObject, type Json } from '../../kernel/index.js';
import type { PastEntry } from '../../engine/index.js';

export interface RecordedSupervision {
  /** An order stands, and the matter was still not handled after it. */
  readonly inVain: boolean;
  /** Numbers of the entries that prove it, ascending. */
  readonly entries: readonly number[];
}

/**
 * Reads only what the program itself computed (`computed`): forms and messages (`data`) prove nothing. Withdrawn orders
 * do not count.
 */
export function recordedSupervision(history: readonly PastEntry[]): RecordedSupervision {
  let orders: readonly Json[] = [];
  let inVain = false;
  const entries: number[] = [];
  for (const entry of history) {
    const computed = computedOf(readContent(entry));
    const { supervisionOrders, notHandledAfterSupervision } = computed;
    if (Array.isArray(supervisionOrders)) orders = listIn(computed, 'supervisionOrders');
    if (typeof notHandledAfterSupervision === 'boolean') inVain = notHandledAfterSupervision;
    if (supervisionOrders !== undefined || notHandledAfterSupervision !== undefined) entries.push(entry.seq);
  }
  return { inVain: inVain && orders.some(stands), entries };
}

const stands = (order: Json): boolean => isJsonObject(order) && order.withdrawnAt === undefined;
