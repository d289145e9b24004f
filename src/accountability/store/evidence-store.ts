import type { Transaction } from '../../persistence/index.js';

export interface PlacedEntry {
  /** In the tree over all streams, from 0 on. */
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
  /** The exact bytes that were hashed. */
  readonly body: Buffer;
}

/** Whether one of the streams has an entry that is not below a checkpoint of this size. */
export async function unplaced(
  transaction: Transaction,
  streams: readonly string[],
  size: number,
): Promise<boolean> {
  const [row] = await transaction.query<{ found: boolean }>(
    `SELECT EXISTS (
       SELECT FROM hotline.trail_entry e LEFT JOIN hotline.trail_leaf l USING (stream, seq)
        WHERE stream = ANY($1) AND (l.index IS NULL OR l.index >= $2)) AS found`,
    [streams, size],
  );
  return row?.found ?? false;
}

export function placedEntries(transaction: Transaction, streams: readonly string[]): Promise<PlacedEntry[]> {
  return transaction.query<PlacedEntry>(
    `SELECT index, stream, seq, body FROM hotline.trail_entry JOIN hotline.trail_leaf USING (stream, seq)
      WHERE stream = ANY($1) ORDER BY index`,
    [streams],
  );
}
