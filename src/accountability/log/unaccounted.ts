/**
 * Inconsistencies found while a manifest is written. The manifest records them, so that every
 * bundle reports them although the missing entries cannot.
 */
import type { Transaction } from '../../platform/database/index.js';
import { sayWrongEnd } from '../audit/ends.js';
import type { Body } from '../events/index.js';
import { readEntry } from '../events/read-entry.js';
import { mismatchedHeads, passedOver } from '../store/audit-store.js';
import { checkpointsAbove } from '../store/checkpoint-store.js';
import { isRestored, leafReader, tileReader, type LogState } from '../store/log-store.js';
import { latestManifest } from '../store/manifest-store.js';
import { rootIn } from './checkpoint.js';
import { rootOf, type ReadTile } from './tree.js';

type Said = Pick<Body<'trail.manifest'>, 'forked' | 'unaccounted'>;

const most = 100;

export async function unaccountedIn(transaction: Transaction, state: LogState): Promise<Said> {
  const ends = (await mismatchedHeads(transaction)).map((end) => ({
    stream: end.stream,
    seq: end.seq,
    why: sayWrongEnd(end)[0],
  }));
  const passed = isRestored(state) ? [] : await passedOver(transaction, BigInt(state.horizon));
  const unaccounted = [...ends, ...passed.map((one) => ({ ...one, why: 'passed-over' as const }))];
  const earlier = await latestManifest(transaction, Number.MAX_SAFE_INTEGER);
  const said = earlier && readEntry(earlier);
  const last = said?.type === 'trail.manifest' ? said.body : undefined;
  // A log that was once forked stays forked, even if it was signed again since.
  const forked = last?.forked ?? (await forkedAt(transaction, state, last?.size ?? 0));
  return {
    ...(forked === undefined ? {} : { forked }),
    ...(unaccounted.length > 0 ? { unaccounted: unaccounted.slice(0, most) } : {}),
  };
}

/** Number of checkpoints examined: those of the last minutes. The nightly check examines all. */
const looked = 500;

/** Size of a checkpoint since the last manifest whose root neither the tiles nor the entries lead to any more. */
async function forkedAt(
  transaction: Transaction,
  { size }: LogState,
  since: number,
): Promise<number | undefined> {
  const checkpoints = await checkpointsAbove(transaction, since, looked);
  const tiles = tileReader(transaction);
  const isFrom = (read: ReadTile, one: (typeof checkpoints)[number]): Promise<boolean> =>
    rootOf(read, one.size).then(
      (root) => root.equals(rootIn(one.note)),
      () => false,
    );
  for (const one of checkpoints) {
    if (one.size > size) return one.size;
    if (await isFrom(tiles, one)) continue;
    // If the entries still lead to the root, only the tiles are damaged.
    const isDamage = await isFrom(
      leafReader(() => transaction),
      one,
    );
    return isDamage ? undefined : one.size;
  }
  return undefined;
}
