/** How far the tree of the trail has been followed. */
import { assessmentStream } from '../stream.js';
import type { Transaction } from '../../persistence/index.js';

export interface Cursor {
  /** Entries before this place have been followed. */
  readonly place: number;
  /** Entries that have a place. */
  readonly size: number;
}

/** Holds it until the transaction ends; undefined where another program has it. */
export async function takeCursor(transaction: Transaction): Promise<Cursor | undefined> {
  const [row] = await transaction.query<Cursor>(
    `SELECT c.place, l.size FROM hotline.assessment_cursor c, hotline.trail_log l FOR UPDATE OF c SKIP LOCKED`,
  );
  return row;
}

export async function moveCursor(transaction: Transaction, place: number): Promise<void> {
  await transaction.query('UPDATE hotline.assessment_cursor SET place = $1', [place]);
}

/** The streams of the entries from `place` on, at most `most` entries, and the place after the last of them. */
export async function streamsFrom(
  transaction: Transaction,
  place: number,
  most: number,
): Promise<{ readonly streams: readonly string[]; readonly next: number }> {
  const rows = await transaction.query<{ index: number; stream: string }>(
    'SELECT index, stream FROM hotline.trail_leaf WHERE index >= $1 ORDER BY index LIMIT $2',
    [place, most],
  );
  return {
    streams: [...new Set(rows.map(({ stream }) => stream))],
    next: (rows.at(-1)?.index ?? place - 1) + 1,
  };
}

/** Waits for whoever follows, so that facts and sums can be changed. */
export async function holdCursor(transaction: Transaction): Promise<void> {
  await transaction.query('SELECT 1 FROM hotline.assessment_cursor FOR UPDATE');
}

/**
 * Whether an entry of before `instant`, or a decision on what is counted, still waits for its place: what it counts for
 * is not known yet.
 */
export async function isUnsettled(transaction: Transaction, instant: Date): Promise<boolean> {
  const rows = await transaction.query(
    `SELECT 1 FROM hotline.trail_entry e, hotline.trail_log l
      WHERE e.xact >= l.horizon AND (e.at < $1 OR e.stream = '${assessmentStream}')
        AND NOT EXISTS (SELECT FROM hotline.trail_leaf p WHERE p.stream = e.stream AND p.seq = e.seq) LIMIT 1`,
    [instant],
  );
  return rows.length > 0;
}

/** How many entries have been followed. */
export async function placeOfCursor(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ place: number }>('SELECT place FROM hotline.assessment_cursor');
  return row?.place ?? 0;
}
