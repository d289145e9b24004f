/** Updates the duties of cases as the tree of the trail grows. */
import { entriesBefore, followTree, lockCursor, tryLockCursor } from '../../accountability/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { dutiesInTime } from './amendment/laws-in-time.js';
import type { Catalogues } from './in-force.js';
import { articleOf } from './model/index.js';
import {
  casesAfter,
  casesAmong,
  keptDuties,
  placeFollowed,
  replaceDuties,
  unlikeDuties,
  type KeptDuty,
} from './store/duty-store.js';

const table = 'duty_cursor';

/** @returns the number of entries followed; 0 also if another program holds the cursor */
export const followDuties = (database: Database, catalogues: Catalogues): Promise<number> =>
  followTree(database, table, async (transaction, streams, size) => {
    await renewDuties(transaction, streams, size, catalogues);
  });

/**
 * Recomputes every case's duties from the trail, up to the followed size of the tree. Each batch is
 * a transaction that holds the cursor, so that the follower waits and nothing is done twice.
 *
 * @returns the number of cases
 */
export async function rebuildDuties(database: Database, catalogues: Catalogues): Promise<number> {
  let [last, cases] = ['', 0];
  for (;;) {
    const streams = await database.transaction(async (transaction) => {
      await lockCursor(transaction, table);
      const cursor = await tryLockCursor(transaction, table);
      const keys = await casesAfter(transaction, last, casesAtOnce);
      await renewDuties(transaction, keys, cursor?.place ?? 0, catalogues);
      return keys;
    });
    if (streams.length === 0) return cases;
    last = streams.at(-1) ?? '';
    cases += streams.length;
  }
}

const casesAtOnce = 200;

async function renewDuties(
  transaction: Transaction,
  streams: readonly string[],
  size: number,
  catalogues: Catalogues,
): Promise<void> {
  const { read, duties } = await dutiesInTrail(transaction, streams, size, catalogues);
  if (read.length > 0) await replaceDuties(transaction, read, duties);
}

/** Rows that differ from the trail, up to the followed size of the tree: by case, in Chinese. */
export async function differingDuties(
  transaction: Transaction,
  streams: readonly string[],
  catalogues: Catalogues,
): Promise<readonly (readonly [stream: string, what: string])[]> {
  const size = await placeFollowed(transaction);
  const { read, duties } = await dutiesInTrail(transaction, streams, size, catalogues);
  return unlikeDuties(await keptDuties(transaction, read), duties);
}

/** @returns the cases with an intact trail, and the duties derived from it */
async function dutiesInTrail(
  transaction: Transaction,
  streams: readonly string[],
  size: number,
  catalogues: Catalogues,
): Promise<{ readonly read: readonly string[]; readonly duties: readonly KeptDuty[] }> {
  const among = await casesAmong(transaction, streams);
  const trails = await entriesBefore(
    transaction,
    among.map(({ stream }) => stream),
    size,
  );
  const lawsOf = await catalogues.lawsOf(transaction);
  const duties: KeptDuty[] = [];
  const read: string[] = [];
  for (const { stream, realm, startedAt } of among) {
    const trail = trails.soundOf(stream);
    // Nothing is computed from an altered trail; its stored duties stay unchanged.
    if (!trail) continue;
    read.push(stream);
    const laws = await lawsOf(startedAt, trail);
    for (const [place, { duty, catalogue }] of dutiesInTime(laws, trail).entries()) {
      duties.push({ ...duty, realm, stream, place, article: articleOf(catalogue, duty.norm) });
    }
  }
  return { read, duties };
}
