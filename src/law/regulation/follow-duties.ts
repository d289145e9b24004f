/** Keeps the duties of the cases with the tree of the trail. */
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

/** @returns how many entries were followed; 0 also where another program is at it */
export const followDuties = (database: Database, catalogues: Catalogues): Promise<number> =>
  followTree(database, table, async (transaction, streams, size) => {
    await renewDuties(transaction, streams, size, catalogues);
  });

/**
 * Makes every case's duties anew from the trail, as far as the tree has been followed: a batch a transaction, each
 * under the cursor, so that the follower waits and nothing is done twice.
 *
 * @returns how many cases
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

/** Rows that are not what the trail says, as far as the tree has been followed: by case, in Chinese. */
export async function differingDuties(
  transaction: Transaction,
  streams: readonly string[],
  catalogues: Catalogues,
): Promise<readonly (readonly [stream: string, what: string])[]> {
  const size = await placeFollowed(transaction);
  const { read, duties } = await dutiesInTrail(transaction, streams, size, catalogues);
  return unlikeDuties(await keptDuties(transaction, read), duties);
}

/** @returns the cases whose trail is sound, and what it says of their duties */
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
    // Of a trail that was altered nothing is computed: what is kept of it stays as it is.
    if (!trail) continue;
    read.push(stream);
    const laws = await lawsOf(startedAt, trail);
    for (const [place, { duty, catalogue }] of dutiesInTime(laws, trail).entries()) {
      duties.push({ ...duty, realm, stream, place, article: articleOf(catalogue, duty.norm) });
    }
  }
  return { read, duties };
}
