import type { Transaction } from '../../platform/database/index.js';
import type { EntryRow } from '../events/read-entry.js';

/** Position of an entry. */
export interface EntryPlace {
  /** Index in the tree over all streams, from 0. */
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
}

/** Places of all entries of the streams below a checkpoint of this size, ascending. */
export function placesOf(
  transaction: Transaction,
  streams: readonly string[],
  size: number,
): Promise<EntryPlace[]> {
  return transaction.query<EntryPlace>(
    `SELECT index, stream, seq FROM trail_leaf WHERE stream = ANY($1) AND index < $2 ORDER BY index`,
    [streams, size],
  );
}

/** Every entry of a stream with its place in the tree; null if it has none yet. */
export const numbersIn = (
  transaction: Transaction,
  stream: string,
): Promise<{ readonly seq: number; readonly index: number | null }[]> =>
  transaction.query(
    `SELECT e.seq, l.index FROM trail_entry e LEFT JOIN trail_leaf l USING (stream, seq)
      WHERE e.stream = $1 ORDER BY e.seq`,
    [stream],
  );

/** The exact bytes that were hashed; empty if the entry is missing. */
export function bodiesAt(
  transaction: Transaction,
  places: readonly EntryPlace[],
): Promise<(EntryPlace & Pick<EntryRow, 'type' | 'at' | 'body'>)[]> {
  return transaction.query(
    `SELECT index, stream, seq, type, at, body
       FROM unnest($1::bigint[], $2::text[], $3::int[]) AS place (index, stream, seq)
       JOIN trail_entry USING (stream, seq) ORDER BY index`,
    [places.map(({ index }) => index), places.map(({ stream }) => stream), places.map(({ seq }) => seq)],
  );
}

/** Number of entries of each stream, including those without a place. */
export async function lastNumbers(
  transaction: Transaction,
  streams: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction.query<{ stream: string; seq: number }>(
    'SELECT stream, max(seq) AS seq FROM trail_entry WHERE stream = ANY($1) GROUP BY stream',
    [streams],
  );
  return new Map(rows.map(({ stream, seq }) => [stream, seq]));
}

/** Chains of definitions, one per diagram. */
export async function definitionStreams(transaction: Transaction): Promise<string[]> {
  const rows = await transaction.query<{ stream: string }>(
    `SELECT stream FROM trail_head WHERE stream LIKE 'definition:%' ORDER BY stream`,
  );
  return rows.map(({ stream }) => stream);
}

/** Exact bytes of all entries below a checkpoint of this size, in tree order, in batches. */
export async function* bodiesBelow(transaction: Transaction, size: number): AsyncGenerator<Buffer[]> {
  for (let first = 0; first < size; first += pageLength) {
    const rows = await transaction.query<{ body: Buffer }>(
      `SELECT body FROM trail_leaf JOIN trail_entry USING (stream, seq)
        WHERE index >= $1 AND index < $2 ORDER BY index`,
      [first, Math.min(first + pageLength, size)],
    );
    yield rows.map(({ body }) => body);
  }
}
const pageLength = 1000;

/** The bytes of the entry at a place of the tree; undefined if there is none. */
export async function entryAt(transaction: Transaction, index: number): Promise<Buffer | undefined> {
  const [row] = await transaction.query<{ body: Buffer }>(
    'SELECT body FROM trail_leaf JOIN trail_entry USING (stream, seq) WHERE index = $1',
    [index],
  );
  return row?.body;
}
