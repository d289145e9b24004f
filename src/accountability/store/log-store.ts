/** The tree in PostgreSQL: places, tiles, size. */
import type { Transaction } from '../../platform/database/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Tile } from '../log/growing-tiles.js';
import { fold, tileWidth, type ReadTile } from '../log/tree.js';

/** Only one program at a time assigns places; others skip. */
export async function lockLog(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction.query<{ mine: boolean }>(
    "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.trail_log', 0)) AS mine",
  );
  return row?.mine ?? false;
}

/** Lifts the time limits, because a large backlog is processed in one transaction, however long that takes. */
export async function withoutLimits(transaction: Transaction): Promise<void> {
  await transaction.query(
    `SELECT set_config(name, '0', true) FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_timeout')`,
  );
}

export interface LogState {
  /** Number of entries that have a place. */
  readonly size: number;
  /** All entries of transactions before this one have a place. */
  readonly horizon: string;
  /** The oldest transaction that may still commit: earlier ones have committed or never will. */
  readonly settled: string;
}

export async function logState(transaction: Transaction): Promise<LogState> {
  const [row] = await transaction.query<LogState>(
    `SELECT size, horizon::text, pg_snapshot_xmin(pg_current_snapshot())::text AS settled FROM trail_log`,
  );
  if (!row) throw new Error('trail_log has no row');
  return row;
}

/** True if the database was restored from another server: its transaction ids exceed this server's. */
export function isRestored({ horizon, settled }: LogState): boolean {
  return BigInt(horizon) > BigInt(settled);
}

export async function saveLogState(transaction: Transaction, size: number, horizon: string): Promise<void> {
  await transaction.query('UPDATE trail_log SET size = $1, horizon = $2::xid8', [size, horizon]);
}

/**
 * Assigns places, from `state.size` on, to all entries of settled transactions that have none. The
 * order is that of transactions, but within a stream always that of the stream: a transaction that
 * took its id early and then waited for the stream's head comes after the one it waited for, which
 * settled earlier. Heads that lag behind are advanced to the last placed entry.
 *
 * If the database was restored from another server, everything is examined once.
 *
 * @returns their number, and the hashes of the first ones: nearly always of all, which saves a
 * query
 */
export async function assignPlaces(
  transaction: Transaction,
  state: LogState,
): Promise<{ readonly count: number; readonly leaves: readonly Buffer[] }> {
  const [horizon, settled] = [BigInt(state.horizon), BigInt(state.settled)];
  const [row] = await transaction.query<{ count: number; leaves: Buffer | null }>(
    `WITH fresh AS (
       SELECT stream, seq, leaf, row_number() OVER (ORDER BY place, stream, seq) - 1 AS number FROM (
         SELECT stream, seq, leaf, max(xact) OVER (PARTITION BY stream ORDER BY seq) AS place
           FROM trail_entry e
          WHERE ${
            isRestored(state)
              ? `(xact < '${settled}' OR xact >= pg_snapshot_xmax(pg_current_snapshot()))`
              : `xact >= '${horizon}' AND xact < '${settled}'`
          }
            -- One by one, by index: a join might read all places.
            AND (SELECT true FROM trail_leaf l WHERE l.stream = e.stream AND l.seq = e.seq LIMIT 1) IS NULL
       ) AS settled
     ), places AS (
       INSERT INTO trail_leaf (index, stream, seq)
       SELECT ${state.size} + number, stream, seq FROM fresh ORDER BY number
     ), heads AS (
       UPDATE trail_head h SET seq = last.seq, leaf = last.leaf
         FROM (SELECT DISTINCT ON (stream) stream, seq, leaf FROM fresh ORDER BY stream, seq DESC) AS last
        WHERE h.stream = last.stream AND h.seq < last.seq
     )
     SELECT count(*) AS count,
            string_agg(leaf, ''::bytea ORDER BY number) FILTER (WHERE number < ${leavesAtOnce}) AS leaves FROM fresh`,
  );
  return { count: row?.count ?? 0, leaves: hashesIn(row?.leaves ?? Buffer.alloc(0)) };
}

/** Hashes of the entries from one place to another (exclusive), in batches of some thousand. */
export async function* leavesFrom(
  transaction: Transaction,
  first: number,
  end: number,
): AsyncGenerator<Buffer[]> {
  for (let from = first; from < end; from += leavesAtOnce) {
    const [row] = await transaction.prepared<{ leaves: Buffer | null }>('log-leaves', leavesSql, [
      from,
      Math.min(end, from + leavesAtOnce),
    ]);
    yield hashesIn(row?.leaves ?? Buffer.alloc(0));
  }
}
const leavesAtOnce = 4096;
const hashesIn = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(32 * at, 32 * (at + 1)));
const leavesSql = `
  SELECT string_agg(leaf, ''::bytea ORDER BY index) AS leaves
    FROM trail_leaf JOIN trail_entry USING (stream, seq)
   WHERE index >= $1 AND index < $2`;

/** Hashes of entries by their places; missing entries are left out. */
export async function leavesAt(
  transaction: Transaction,
  indexes: readonly number[],
): Promise<ReadonlyMap<number, Buffer>> {
  const rows = await transaction.query<{ index: number; leaf: Buffer }>(
    'SELECT index, leaf FROM trail_leaf JOIN trail_entry USING (stream, seq) WHERE index = ANY ($1::bigint[])',
    [[...indexes]],
  );
  return new Map(rows.map(({ index, leaf }) => [Number(index), leaf]));
}

export function saveTiles(
  transaction: Transaction,
  tiles: readonly Tile[],
  table: LogTiles = 'trail_tile',
): void {
  transaction.write(`tiles-${table}`, saveTilesSql(table), [
    tiles.map(({ level }) => level),
    tiles.map(({ tile }) => tile),
    tiles.map(({ hashes }) => hashes),
  ]);
}
const saveTilesSql = (table: LogTiles): string => `
  INSERT INTO ${table} (level, tile, hashes)
  SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])
  ON CONFLICT (level, tile) DO UPDATE SET hashes = excluded.hashes`;

/**
 * Reads each tile at most once.
 *
 * @param table tiles of the log, of its second tree, or of the latest manifest
 * @throws {Refusal} `trail.broken` if a tile is missing or too short: the tree is damaged
 */
export function tileReader(transaction: Transaction, table: TileTable = 'trail_tile'): ReadTile {
  const known = new Map<string, Promise<Buffer>>();
  return async (level, tile, count) => {
    const key = `${level}/${tile}`;
    let reading = known.get(key);
    if (!reading) {
      reading = readTile(transaction, table, level, tile);
      known.set(key, reading);
    }
    const hashes = await reading;
    if (hashes.length < count * 32) throw damagedTree(`第 ${level} 层第 ${tile} 片残缺`);
    return hashes.subarray(0, count * 32);
  };
}

/** The refusal says that the tree is damaged; it says nothing about the entries. */
export const damagedTree = (what: string): Refusal =>
  new Refusal('trail.broken', `轨迹的哈希树坏了：${what}`, {
    remedy: '执行 hotline trail verify 查明坏在哪里；怎样办见运行手册“轨迹损坏”',
  });

/** Rebuilds tiles from the hashes of the entries, for a tree whose tiles are damaged; builds each tile once. */
export function leafReader(transaction: () => Transaction): ReadTile {
  const known = new Map<string, Promise<Buffer>>();
  const made = async (level: number, tile: number, count: number): Promise<Buffer> => {
    if (level === 0) {
      const leaves: Buffer[] = [];
      const first = tile * tileWidth;
      for await (const some of leavesFrom(transaction(), first, first + count)) leaves.push(...some);
      return Buffer.concat(leaves);
    }
    const below: Buffer[] = [];
    for (let at = 0; at < count; at += 1)
      below.push(fold(await read(level - 1, tile * tileWidth + at, tileWidth)));
    return Buffer.concat(below);
  };
  const read: ReadTile = async (level, tile, count) => {
    const key = `${level}/${tile}/${count}`;
    const making = known.get(key) ?? made(level, tile, count);
    known.set(key, making);
    const hashes = await making;
    if (hashes.length < count * 32) throw damagedTree(`第 ${level} 层第 ${tile} 片的条目不全`);
    return hashes;
  };
  return read;
}

/** A tile as it is stored; empty if missing. */
export const tileOf = (
  transaction: Transaction,
  level: number,
  tile: number,
  table: LogTiles = 'trail_tile',
): Promise<Buffer> => readTile(transaction, table, level, tile);

/** Tiles of the tree, and of the second one (SM3). */
export type LogTiles = 'trail_tile' | 'trail_sm_tile';
type TileTable = LogTiles | 'manifest_tile';

async function readTile(
  transaction: Transaction,
  table: TileTable,
  level: number,
  tile: number,
): Promise<Buffer> {
  const [row] = await transaction.prepared<{ hashes: Buffer }>(
    `read-${table}`,
    `SELECT hashes FROM ${table} WHERE level = $1 AND tile = $2`,
    [level, tile],
  );
  return row?.hashes ?? Buffer.alloc(0);
}
