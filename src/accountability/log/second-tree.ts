/**
 * A second tree over the same bodies in the same order, hashed with SM3 and signed with SM2, for
 * operators who must use Chinese cryptography. An operator can switch it on later; it then starts
 * from the first entry.
 */
import type { Database, Transaction } from '../../platform/database/index.js';
import { lockLog, logState, saveTiles, tileReader, withoutLimits } from '../store/log-store.js';
import { bodiesBetween, secondSize } from '../store/second-tree-store.js';
import { openTiles } from './growing-tiles.js';
import { sm3Tree } from './tree-hash.js';

/** Leaves per transaction; the transaction's lock blocks the first tree. */
const mostAtOnce = 20_000;
const page = 2000;

/** @returns leaves still missing; 0 if the tree is complete or another program is at work */
export function growSecondTree(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    if (!(await lockLog(transaction))) return 0;
    const [{ size: whole }, size] = [await logState(transaction), await secondSize(transaction)];
    if (size === whole) return 0;
    await withoutLimits(transaction);
    const end = Math.min(whole, size + mostAtOnce);
    await grow(transaction, size, end);
    return whole - end;
  });
}

async function grow(transaction: Transaction, size: number, end: number): Promise<void> {
  const tiles = await openTiles(size, tileReader(transaction, 'trail_sm_tile'), sm3Tree);
  for (let start = size; start < end; start += page) {
    for (const body of await bodiesBetween(transaction, start, Math.min(end, start + page)))
      tiles.add(sm3Tree.leaf(body));
    saveTiles(transaction, tiles.takeChanged(), 'trail_sm_tile');
  }
}
