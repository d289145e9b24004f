/** Reads from a case's trail the supervision that accountability for the case requires. */
import {
  computedOf,
  deedsIn,
  instanceOf,
  listIn,
  readContent,
  textIn,
  type Deed,
} from '../../accountability/events/index.js';
import { isJsonObject, type Json } from '../../kernel/index.js';
import type { PastEntry } from '../../engine/index.js';
import { dated } from '../handling/only-a-date.js';

export interface RecordedSupervision {
  /** True if all orders of an unrevoked supervision expired and the matter was still not handled. */
  readonly inVain: boolean;
  /** The most orders of one unrevoked supervision that expired while the matter was not handled. */
  readonly lapsed: number;
  /** Numbers of the entries that prove this, ascending: orders and their expiries. */
  readonly entries: readonly number[];
}

/**
 * Reads only what the program itself recorded (`deeds`, `computed`), because forms and messages
 * (`data`) prove nothing. Withdrawn orders, supervisions that ended with the matter handled, and
 * orders that expired when the matter was handled do not count; but where the order was to solve
 * the matter (`isToSolve`), a reply is no solution.
 */
export function recordedSupervision(
  history: readonly PastEntry[],
  isToSolve: (ground: Json | undefined) => boolean,
): RecordedSupervision {
  let orders: readonly Json[] = [];
  let inVain = false;
  let [isHandled, promises] = [false, false];
  const supervisions = new Map<number, { readonly lapses: number[]; readonly entries: number[] }>();
  for (const entry of history) {
    const content = readContent(entry);
    const instance = instanceOf(content);
    const { supervisionOrders, notHandledAfterSupervision, replied } = computedOf(content);
    if (Array.isArray(supervisionOrders)) orders = listIn(computedOf(content), 'supervisionOrders');
    if (typeof notHandledAfterSupervision === 'boolean') {
      inVain = notHandledAfterSupervision;
      // The calendar was corrected, and which expiries remain valid is unknown here.
      if (!inVain) supervisions.clear();
    }
    const deeds = deedsIn(content);
    const stated = deeds.findLast(({ name }) => name === 'handling.stated');
    if (stated) promises = dated.includes(textIn(stated.facts ?? {}, 'branch') ?? '');
    if (replied !== undefined) isHandled = replied === true && !promises;
    if (deeds.some(({ name }) => name === 'matter.completed')) isHandled = true;
    if (instance === undefined) continue;
    for (const deed of deeds) {
      if (isLapse(deed) && isHandled && !isToSolve(deed.facts?.ground)) continue;
      const own = supervisions.get(instance) ?? { lapses: [], entries: [] };
      if (isOrder(deed) || isLapse(deed)) {
        supervisions.set(instance, own);
        own.entries.push(entry.seq);
        if (isLapse(deed)) own.lapses.push(entry.seq);
      } else if (hasSucceeded(deed)) supervisions.delete(instance);
    }
  }
  const standing = [...supervisions].filter(([instance]) => orders.some((order) => stands(order, instance)));
  const counting = standing.map(([, one]) => one).filter(({ lapses }) => lapses.length > 0);
  return {
    inVain: inVain && counting.length > 0,
    lapsed: Math.max(0, ...counting.map(({ lapses }) => lapses.length)),
    entries: [...new Set(counting.flatMap(({ entries }) => entries))].sort((one, other) => one - other),
  };
}

const isOrder = ({ name }: Deed): boolean => name === 'supervision.ordered' || name === 'supervision.raised';
const isLapse = ({ name }: Deed): boolean => name === 'supervision.lapsed';
const hasSucceeded = ({ name, facts }: Deed): boolean =>
  name === 'supervision.ended' && textIn(facts ?? {}, 'result') !== 'not-handled';
const stands = (order: Json, instance: number): boolean =>
  isJsonObject(order) && order.instance === instance && order.withdrawnAt === undefined;
