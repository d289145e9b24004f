/** Reads the database for verification, in batches of some thousand rows. */
import type { Transaction } from '../../platform/database/index.js';

export interface ChainRow {
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  readonly leaf: Buffer;
  readonly body: Buffer;
  /** Place in the tree; null if none yet. */
  readonly index: number | null;
  /** Whether the horizon has passed the entry: without a place it would then never get one. */
  readonly passed: boolean;
}

/**
 * All entries by stream and number.
 *
 * @param horizon of the log: entries of later transactions still get their places
 */
export const chainRows = (transaction: Transaction, horizon: bigint): AsyncGenerator<ChainRow[]> =>
  cursor<ChainRow>(transaction, 'chains', `${chainSql(horizon)} ORDER BY stream, seq`);

const chainSql = (horizon: bigint): string =>
  `SELECT stream, seq, type, at, leaf, body, index, xact < '${horizon}' AS passed
     FROM trail_entry LEFT JOIN trail_leaf USING (stream, seq)`;

/** Entries of these chains by stream and number. */
export const rowsOfChains = (
  transaction: Transaction,
  horizon: bigint,
  streams: readonly string[],
): AsyncGenerator<ChainRow[]> =>
  cursor<ChainRow>(
    transaction,
    'some_chains',
    `${chainSql(horizon)} WHERE stream = ANY (ARRAY[${streams.map(literal).join(', ')}]::text[]) ORDER BY stream, seq`,
  );

export interface CountedChain {
  readonly stream: string;
  /** Number of the chain's places in the tree. */
  readonly count: number;
}

/** Chains with a place from `size` on, or with an entry that has no place yet; with the number of all their places. */
export const chainsTouched = (
  transaction: Transaction,
  size: number,
  horizon: bigint,
): Promise<CountedChain[]> =>
  transaction.query<CountedChain>(
    `SELECT t.stream, (SELECT count(*) FROM trail_leaf l WHERE l.stream = t.stream)::int AS count
       FROM (SELECT stream FROM trail_leaf WHERE index >= $1
             UNION SELECT stream FROM trail_entry WHERE xact >= '${horizon}') t ORDER BY t.stream`,
    [size],
  );

/** Chains after this one, in order, with the number of their places in the tree. */
export const chainsAfter = (transaction: Transaction, after: string): AsyncGenerator<CountedChain[]> =>
  cursor<CountedChain>(
    transaction,
    'counted',
    `SELECT stream, count(*)::int AS count FROM trail_leaf WHERE stream > ${literal(after)}
      GROUP BY stream ORDER BY stream`,
  );

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Those of these chains that have neither an entry nor a place. */
export async function chainsMissing(
  transaction: Transaction,
  streams: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ stream: string }>(
    `SELECT DISTINCT s.stream FROM unnest($1::text[]) AS s (stream)
      WHERE NOT EXISTS (SELECT FROM trail_entry e WHERE e.stream = s.stream)
        AND NOT EXISTS (SELECT FROM trail_leaf l WHERE l.stream = s.stream)`,
    [[...streams]],
  );
  return new Set(rows.map(({ stream }) => stream));
}

/** Places of these chains whose entry is missing. */
export const placesWithoutEntry = (
  transaction: Transaction,
  streams: readonly string[],
): Promise<readonly { readonly stream: string; readonly seq: number }[]> =>
  transaction.query(
    `SELECT l.stream, l.seq FROM trail_leaf l LEFT JOIN trail_entry e USING (stream, seq)
      WHERE l.stream = ANY ($1::text[]) AND e.stream IS NULL ORDER BY l.stream, l.seq`,
    [[...streams]],
  );

/** How many places there are. */
export const countPlaces = (transaction: Transaction): Promise<number> =>
  transaction
    .query<{ count: number }>('SELECT count(*)::int AS count FROM trail_leaf')
    .then(([row]) => row?.count ?? 0);

/** At most a hundred entries that the horizon has passed without a place, so that they will never get one. */
export const passedOver = (
  transaction: Transaction,
  horizon: bigint,
): Promise<readonly { readonly stream: string; readonly seq: number }[]> =>
  transaction.query(
    `SELECT stream, seq FROM trail_entry LEFT JOIN trail_leaf USING (stream, seq)
      WHERE index IS NULL AND xact < '${horizon}' ORDER BY stream, seq LIMIT 100`,
  );

export interface TreeRow {
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
  /** Null if the entry is missing. */
  readonly leaf: Buffer | null;
}

/** All places in the tree, in order. */
export const treeRows = (transaction: Transaction): AsyncGenerator<TreeRow[]> =>
  cursor<TreeRow>(
    transaction,
    'tree',
    `SELECT index, stream, seq, leaf
       FROM trail_leaf LEFT JOIN trail_entry USING (stream, seq) ORDER BY index`,
  );

/** Places of the second tree, with the bytes it hashes. */
export const bodyRows = (
  transaction: Transaction,
  below: number,
): AsyncGenerator<(Omit<TreeRow, 'leaf'> & { readonly body: Buffer | null })[]> =>
  cursor(
    transaction,
    'bodies',
    `SELECT index, stream, seq, body
       FROM trail_leaf LEFT JOIN trail_entry USING (stream, seq)
      WHERE index < ${below} ORDER BY index`,
  );

/** The rows of a query in turn; one cursor of a name at a time. */
export async function* cursor<Row>(
  transaction: Transaction,
  name: string,
  sql: string,
): AsyncGenerator<Row[]> {
  await transaction.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`);
  for (;;) {
    const rows = await transaction.query<Row>(`FETCH 4096 FROM ${name}`);
    if (rows.length === 0) break;
    yield rows;
  }
  await transaction.query(`CLOSE ${name}`);
}

/** A chain whose recorded end differs from its last entry. */
export interface WrongEnd {
  readonly stream: string;
  /** The recorded number. */
  readonly seq: number;
  /** Number of the last entry. */
  readonly last: number;
  /** Which record it is: the case's row, which a step writes together with its entry, or the head. */
  readonly by: 'case' | 'head';
}

/**
 * Streams whose last entry differs from the recorded one. A case's head may lag behind, down to the
 * last placed entry, but must match its entry.
 *
 * @param among checks only these streams; default: all
 */
export function mismatchedHeads(
  transaction: Transaction,
  among?: readonly string[],
): Promise<readonly WrongEnd[]> {
  const these = among ? 'WHERE stream = ANY($1)' : '';
  return transaction.query(
    `WITH known AS (
       SELECT stream, seq, leaf FROM case_trail_end ${these}
     ), said AS (
       SELECT stream, seq, leaf, true AS is_last, 'case' AS by FROM known
       UNION ALL
       SELECT h.stream, h.seq, encode(h.leaf, 'base64'), k.stream IS NULL, 'head'
         FROM (SELECT * FROM trail_head ${these}) h LEFT JOIN known k USING (stream)
     )
     SELECT DISTINCT ON (s.stream) s.stream, s.seq, coalesce(last.seq, 0) AS last, s.by
       FROM said s
       LEFT JOIN trail_entry e ON e.stream = s.stream AND e.seq = s.seq
       LEFT JOIN LATERAL (
         SELECT seq FROM trail_entry l WHERE l.stream = s.stream ORDER BY seq DESC LIMIT 1
       ) AS last ON true
       LEFT JOIN LATERAL (
         SELECT seq FROM trail_leaf l WHERE l.stream = s.stream ORDER BY seq DESC LIMIT 1
       ) AS placed ON true
      WHERE (s.seq > 0 AND e.leaf IS DISTINCT FROM decode(s.leaf, 'base64'))
         OR (s.is_last AND s.seq <> coalesce(last.seq, 0))
         OR (s.by = 'head' AND placed.seq IS NOT NULL AND s.seq < least(placed.seq, last.seq))
      ORDER BY s.stream, s.by, s.seq DESC`,
    among ? [among] : [],
  );
}

export interface SignedRow {
  readonly size: number;
  readonly note: string;
  readonly vkey: string;
  readonly cosignatures: readonly { readonly witness: string; readonly line: string; readonly at: string }[];
}

/** All checkpoints of the second tree, by size. They are not witnessed. */
export const secondSignedRows = (transaction: Transaction): AsyncGenerator<SignedRow[]> =>
  cursor<SignedRow>(
    transaction,
    'second_signed',
    `SELECT size, note, vkey, '[]'::json AS cosignatures FROM trail_sm_checkpoint ORDER BY size`,
  );

/** All checkpoints by size, with witnesses' signatures. @param from the smallest size */
export const signedRows = (transaction: Transaction, from = 0): AsyncGenerator<SignedRow[]> =>
  cursor<SignedRow>(
    transaction,
    'signed',
    `SELECT size, note, vkey, coalesce(json_agg(json_build_object('witness', witness, 'line', line, 'at', cosigned_at))
              FILTER (WHERE witness IS NOT NULL), '[]') AS cosignatures
       FROM trail_checkpoint LEFT JOIN trail_cosignature USING (size)
      WHERE size >= ${from}
      GROUP BY size, note, vkey ORDER BY size`,
  );

/** At most a hundred placed entries that the search table lacks or dates wrongly. The table may lag behind the tree. */
export const unsearchable = (
  transaction: Transaction,
  among?: readonly string[],
): Promise<readonly { readonly stream: string; readonly seq: number }[]> =>
  transaction.query(
    `SELECT l.stream, l.seq
       FROM trail_leaf l JOIN trail_entry e USING (stream, seq)
       LEFT JOIN trail_search s ON s.index = l.index
      WHERE l.index <= (SELECT coalesce(max(index), -1) FROM trail_search) AND s.at IS DISTINCT FROM e.at
        AND ($1::text[] IS NULL OR l.stream = ANY ($1::text[]))
      ORDER BY l.index LIMIT 100`,
    [among ?? null],
  );

/** Whether the schema records its own changes in the trail, and whether it ever did. */
export async function watchOf(transaction: Transaction): Promise<'on' | 'off' | 'never'> {
  const [watch] = await transaction.query<{ there: number; active: number; before: boolean }>(
    `SELECT count(*)::int AS there,
            count(*) FILTER (WHERE evtenabled = 'A' AND evtfoid = 'record_schema_change'::regproc)::int AS active,
            EXISTS (SELECT FROM trail_entry WHERE stream = 'schema' AND type = 'schema.changed') AS before
       FROM pg_event_trigger
      WHERE evtname IN (current_schema() || '_schema_changed', current_schema() || '_schema_dropped')`,
  );
  if (watch?.active === 2) return 'on';
  return watch?.before || (watch?.there ?? 0) > 0 ? 'off' : 'never';
}
