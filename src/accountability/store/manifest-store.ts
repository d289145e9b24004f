/** Streams of the latest manifest, by their place in its tree. Can be rebuilt from the entries. */
import type { Transaction } from '../../platform/database/index.js';
import type { EntryRow } from '../events/read-entry.js';
import type { Tile } from '../log/growing-tiles.js';

export interface ManifestStream {
  readonly position: number;
  readonly stream: string;
  readonly length: number;
  readonly head: Buffer;
}

/** The last place of a stream; `head` is missing if the entry at that place is gone. */
export type StreamAt = Omit<ManifestStream, 'position' | 'head'> & { readonly head: Buffer | null };

/** Length and head of every stream as of the tree of `size` leaves, sorted by the bytes of the name. */
export async function* streamsAt(transaction: Transaction, size: number): AsyncGenerator<StreamAt[]> {
  await transaction.query(
    `DECLARE streams NO SCROLL CURSOR FOR
     SELECT p.stream, p.length, e.leaf AS head
       FROM (SELECT stream, max(seq) AS length FROM trail_leaf WHERE index < ${size} GROUP BY stream) AS p
       LEFT JOIN trail_entry e ON e.stream = p.stream AND e.seq = p.length
      ORDER BY p.stream COLLATE "C"`,
  );
  for (;;) {
    const rows = await transaction.query<StreamAt>('FETCH 4096 FROM streams');
    if (rows.length === 0) break;
    yield rows;
  }
  await transaction.query('CLOSE streams');
}

export async function clearManifest(transaction: Transaction): Promise<void> {
  await transaction.query('DELETE FROM manifest_stream');
  await transaction.query('DELETE FROM manifest_tile');
}

export function saveManifestStreams(transaction: Transaction, rows: readonly ManifestStream[]): void {
  transaction.write('manifest-streams', saveStreamsSql, [
    rows.map(({ position }) => position),
    rows.map(({ stream }) => stream),
    rows.map(({ length }) => length),
    rows.map(({ head }) => head),
  ]);
}
const saveStreamsSql = `
  INSERT INTO manifest_stream (position, stream, length, head)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::int[], $4::bytea[])`;

export function saveManifestTiles(transaction: Transaction, tiles: readonly Tile[]): void {
  transaction.write('manifest-tiles', saveTilesSql, [
    tiles.map(({ level }) => level),
    tiles.map(({ tile }) => tile),
    tiles.map(({ hashes }) => hashes),
  ]);
}
const saveTilesSql = `
  INSERT INTO manifest_tile (level, tile, hashes)
  SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
  ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes`;

/** The stream with this name; if it is missing, its two neighbours in the order of names. */
export async function findWithNeighbours(
  transaction: Transaction,
  stream: string,
): Promise<{
  readonly at: ManifestStream | undefined;
  readonly before: ManifestStream | undefined;
  readonly after: ManifestStream | undefined;
}> {
  const one = async (condition: string): Promise<ManifestStream | undefined> => {
    const [row] = await transaction.query<ManifestStream>(
      `SELECT position, stream, length, head FROM manifest_stream WHERE ${condition} LIMIT 1`,
      [stream],
    );
    return row;
  };
  return {
    at: await one('stream = $1'),
    before: await one('stream < $1 ORDER BY stream DESC'),
    after: await one('stream > $1 ORDER BY stream'),
  };
}

export interface ManifestEntry extends EntryRow {
  /** Index in the tree over all streams. */
  readonly index: number;
}

/** The latest manifest's entry, if it is below a checkpoint of this size. */
export async function latestManifest(
  transaction: Transaction,
  size: number,
): Promise<ManifestEntry | undefined> {
  const [row] = await transaction.query<ManifestEntry>(
    `SELECT index, stream, seq, type, at, leaf, body FROM trail_entry LEFT JOIN trail_leaf USING (stream, seq)
      WHERE stream = 'manifest' ORDER BY seq DESC LIMIT 1`,
  );
  return row && row.index !== null && row.index < size ? row : undefined;
}

/** Number of streams in the latest manifest. */
export async function manifestLength(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ length: number }>(
    'SELECT coalesce(max(position), -1) + 1 AS length FROM manifest_stream',
  );
  return row?.length ?? 0;
}

/** Whether a chain's last entry, as the latest manifest names it, is missing or was replaced. */
export async function isManifestStale(transaction: Transaction): Promise<boolean> {
  const rows = await transaction.query(
    `SELECT FROM manifest_stream m LEFT JOIN trail_entry e ON e.stream = m.stream AND e.seq = m.length
      WHERE e.leaf IS DISTINCT FROM m.head LIMIT 1`,
  );
  return rows.length > 0;
}
