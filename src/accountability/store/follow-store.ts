/** Reads for followers of the tree: cursor, next streams, their entries. */
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { parsed, parseEntry, type Entry, type EntryRow, type Unread } from '../events/read-entry.js';
import { brokenTrail } from '../trail/broken.js';
import { verifiedText } from './verified-text.js';

/** A one-row table owned by the follower, with the column `place`. */
export type CursorTable = `${string}_cursor`;

export interface Cursor {
  /** The cursor: entries before this place have been processed. */
  readonly place: number;
  /** Number of entries that have a place. */
  readonly size: number;
}

/** An entry with its place in the tree. */
type PlacedEntry = Entry & { readonly place: number };

interface PlacedRow extends Pick<EntryRow, 'stream' | 'seq' | 'type' | 'at'> {
  readonly place: number;
  readonly body: string | null;
}

/** Locks the cursor until the transaction ends; undefined if another program holds it. */
export async function tryLockCursor(
  transaction: Transaction,
  table: CursorTable,
): Promise<Cursor | undefined> {
  const [row] = await transaction.query<Cursor>(
    `SELECT c.place, l.size FROM ${table} c, trail_log l FOR UPDATE OF c SKIP LOCKED`,
  );
  return row;
}

/** Locks the cursor; waits while a follower holds it. */
export async function lockCursor(transaction: Transaction, table: CursorTable): Promise<void> {
  await transaction.query(`SELECT 1 FROM ${table} FOR UPDATE`);
}

export async function moveCursor(transaction: Transaction, table: CursorTable, place: number): Promise<void> {
  await transaction.query(`UPDATE ${table} SET place = $1`, [place]);
}

/** Streams of the entries from `place` on, at most `most` entries, and the place after the last of them. */
export async function streamsFrom(
  transaction: Transaction,
  place: number,
  most: number,
): Promise<{ readonly streams: readonly string[]; readonly next: number }> {
  const rows = await transaction.query<{ index: number; stream: string }>(
    'SELECT index, stream FROM trail_leaf WHERE index >= $1 ORDER BY index LIMIT $2',
    [place, most],
  );
  return {
    streams: [...new Set(rows.map(({ stream }) => stream))],
    next: (rows.at(-1)?.index ?? place - 1) + 1,
  };
}

export interface Trails {
  /** The stream's entries in order. @throws {Refusal} `trail.broken` if an entry was altered or is unreadable */
  get(stream: string, law: Law): readonly PlacedEntry[];
  /** Like `get`, but undefined instead of the refusal: nothing may be computed from such a stream. */
  soundOf(stream: string): readonly PlacedEntry[] | undefined;
}

/**
 * Entries of the streams placed before `size`. Bodies are parsed only when a stream is requested:
 * parsed all at once they outlive the young generation (measured: garbage collection took a fifth
 * of the time).
 */
export async function entriesBefore(
  transaction: Transaction,
  streams: readonly string[],
  size: number,
): Promise<Trails> {
  // Bodies come as text, because bytes would arrive as hexadecimal, twice as long. Both tables are
  // filtered by stream, so that neither is read entry by entry. Sorting happens here, because the
  // server would move megabytes to sort.
  const rows = await transaction.query<PlacedRow>(
    `SELECT e.stream, e.seq, e.type, e.at, l.index AS place,
            ${verifiedText} AS body
       FROM trail_entry e JOIN trail_leaf l ON l.stream = e.stream AND l.seq = e.seq
      WHERE e.stream = ANY($1) AND l.stream = ANY($1) AND l.index < $2`,
    [streams, size],
  );
  const trails = new Map<string, PlacedRow[]>();
  for (const row of rows) {
    const known = trails.get(row.stream);
    if (known) known.push(row);
    else trails.set(row.stream, [row]);
  }
  const read = (stream: string): readonly ((Entry | Unread) & { readonly place: number })[] =>
    (trails.get(stream) ?? [])
      .sort((one, other) => one.seq - other.seq)
      .map(({ body, place, ...row }) => Object.assign(parseEntry(row, parsed(body ?? '')), { place }));
  return {
    get: (stream, law) =>
      read(stream).map((entry) => {
        if (entry.type !== 'unread') return entry;
        throw brokenTrail(
          stream,
          entry.seq,
          `第 ${entry.seq} 条的内容与其哈希不符（内容被改动），或者不是条目`,
          law,
        );
      }),
    soundOf: (stream) => {
      const entries = read(stream);
      const sound = entries.filter((entry) => entry.type !== 'unread');
      return sound.length === entries.length ? sound : undefined;
    },
  };
}

/** Number of entries that have a place. */
export async function sizeOfTree(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ size: number }>('SELECT size FROM trail_log');
  return row?.size ?? 0;
}

/** Whether an entry from before `instant`, or an entry of the stream, still has no place in the tree. */
export async function isUnsettled(transaction: Transaction, instant: Date, stream: string): Promise<boolean> {
  const rows = await transaction.query(
    `SELECT 1 FROM trail_entry e, trail_log l
      WHERE e.xact >= l.horizon AND (e.at < $1 OR e.stream = $2)
        AND NOT EXISTS (SELECT FROM trail_leaf p WHERE p.stream = e.stream AND p.seq = e.seq) LIMIT 1`,
    [instant, stream],
  );
  return rows.length > 0;
}

/**
 * Streams with entries that have no place yet, or a place from `size` on: a follower that has read
 * up to `size` has not seen them.
 */
export async function streamsBehind(
  transaction: Transaction,
  streams: readonly string[],
  size: number,
): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ stream: string }>(
    `SELECT DISTINCT stream FROM trail_entry e LEFT JOIN trail_leaf l USING (stream, seq)
      WHERE stream = ANY($1) AND (l.index IS NULL OR l.index >= $2)`,
    [streams, size],
  );
  return new Set(rows.map(({ stream }) => stream));
}
