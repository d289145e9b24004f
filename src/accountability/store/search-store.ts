/** Finding entries across all streams, by what `trail_search` says of them, in the order of the tree. */
import type { Database, Transaction } from '../../persistence/index.js';
import { term, termsOf } from '../search/terms.js';
import type { Selection } from '../search/selection.js';
import { told } from '../trail/told.js';
import { latestCheckpoint, type Checkpoint } from './checkpoint-store.js';

const batch = 5000;

/**
 * Makes findable what has its place in the tree and is not findable yet, a transaction every five thousand entries.
 *
 * @returns how many have been added; 0 also where another program is at it
 */
export async function indexTrail(database: Database): Promise<number> {
  let added = 0;
  for (;;) {
    const some = await database.transaction(indexSome);
    added += some;
    if (some < batch) return added;
  }
}

async function indexSome(transaction: Transaction): Promise<number> {
  // One program at a time; the others pass on.
  const [lock] = await transaction.query<{ mine: boolean }>(
    "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.trail_search', 0)) AS mine",
  );
  if (lock?.mine !== true) return 0;
  const rows = await transaction.query<{
    index: number;
    stream: string;
    seq: number;
    at: Date;
    leaf: Buffer;
    body: Buffer;
    isCase: boolean;
  }>(
    `SELECT l.index, e.stream, e.seq, e.at, e.leaf, e.body,
            EXISTS (SELECT FROM process_case c WHERE c.business_key = e.stream) AS "isCase"
       FROM trail_leaf l JOIN trail_entry e USING (stream, seq)
      WHERE l.index > (SELECT coalesce(max(index), -1) FROM trail_search)
      ORDER BY l.index LIMIT ${batch}`,
  );
  if (rows.length === 0) return 0;
  await transaction.query(
    `INSERT INTO trail_search (index, stream, seq, at, terms)
     SELECT index, stream, seq, at, ARRAY(SELECT json_array_elements_text(terms))
       FROM unnest($1::bigint[], $2::text[], $3::int[], $4::timestamptz[], $5::json[])
         AS found (index, stream, seq, at, terms)
     ON CONFLICT (index) DO NOTHING`,
    [
      rows.map(({ index }) => index),
      rows.map(({ stream }) => stream),
      rows.map(({ seq }) => seq),
      rows.map(({ at }) => at),
      // An altered one is found by its stream alone, and the next ones after it all the same.
      rows.map((row) => JSON.stringify(termsOf({ ...row, ...told(row) }))),
    ],
  );
  return rows.length;
}

export interface FoundEntry {
  /** In the tree over all streams, from 0 on. */
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
  /** Beside the body, which is what counts where nobody has altered it. */
  readonly type: string;
  readonly at: Date;
  readonly leaf: Buffer;
  readonly body: Buffer;
  /** Whether the stream is that of a work order. */
  readonly isCase: boolean;
}

/** Where reading goes on: after this entry, in the order that is asked for. */
export interface Place {
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
}

/** `newest`: backwards through the tree; `tree`: forwards; `streams`: a stream after the other. */
export type Order = 'newest' | 'tree' | 'streams';

/** @param below entries of the tree of this size only */
export function findEntries(
  transaction: Transaction,
  selection: Selection,
  order: Order,
  page: { readonly after?: Place | undefined; readonly limit: number; readonly below: number },
): Promise<FoundEntry[]> {
  const { conditions, values } = conditionsOf(selection, page.below);
  const value = (given: unknown): string => `$${values.push(given)}`;
  const { after } = page;
  if (after && order === 'streams')
    conditions.push(`(s.stream, s.seq) > (${value(after.stream)}::text, ${value(after.seq)}::int)`);
  else if (after) conditions.push(`s.index ${order === 'tree' ? '>' : '<'} ${value(after.index)}`);
  const by = { newest: 's.index DESC', tree: 's.index', streams: 's.stream, s.seq' }[order];
  return transaction.query<FoundEntry>(
    `SELECT s.index, s.stream, s.seq, e.type, e.at, e.leaf, e.body, s."isCase"
       FROM (SELECT index, stream, seq, terms @> ARRAY['k:case'] AS "isCase" FROM trail_search s
              WHERE ${conditions.join(' AND ')} ORDER BY ${by} LIMIT ${page.limit}) s
       JOIN trail_entry e USING (stream, seq) ORDER BY ${by}`,
    values,
  );
}

export async function countEntries(
  transaction: Transaction,
  selection: Selection,
  below: number,
): Promise<number> {
  const { conditions, values } = conditionsOf(selection, below);
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*) AS count FROM trail_search s WHERE ${conditions.join(' AND ')}`,
    values,
  );
  return row?.count ?? 0;
}

/** The streams that the entries belong to, with how long each is as a whole. */
export function streamsOf(
  transaction: Transaction,
  selection: Selection,
  below: number,
): Promise<{ readonly stream: string; readonly length: number }[]> {
  const { conditions, values } = conditionsOf(selection, below);
  return transaction.query(
    `SELECT stream, (SELECT max(seq) FROM trail_entry e WHERE e.stream = s.stream) AS length
       FROM (SELECT DISTINCT stream FROM trail_search s WHERE ${conditions.join(' AND ')}) s ORDER BY stream`,
    values,
  );
}

/** How far the trail has come: places given, entries without one, and what was signed last. */
export async function trailStanding(transaction: Transaction): Promise<{
  readonly placed: number;
  readonly waiting: number;
  readonly checkpoint: Checkpoint | undefined;
  /** Who has co-signed the latest checkpoint that anybody has co-signed. */
  readonly witnessed:
    { readonly size: number; readonly at: Date; readonly names: readonly string[] } | undefined;
  /** The last verification of the whole trail. */
  readonly verified: { readonly at: Date; readonly entries: number; readonly holds: boolean } | undefined;
}> {
  const [row] = await transaction.query<{ placed: number; waiting: number }>(
    `SELECT size AS placed,
            (SELECT count(*) FROM trail_entry e WHERE e.xact >= horizon
              AND NOT EXISTS (SELECT FROM trail_leaf l WHERE l.stream = e.stream AND l.seq = e.seq)) AS waiting
       FROM trail_log`,
  );
  const [witnessed] = await transaction.query<{ size: number; at: Date; names: string[] }>(
    `SELECT size, max(cosigned_at) AS at, array_agg(split_part(witness, '+', 1) ORDER BY witness) AS names
       FROM trail_cosignature GROUP BY size ORDER BY size DESC LIMIT 1`,
  );
  const [verified] = await transaction.query<{ at: Date; entries: number; holds: boolean }>(
    'SELECT ended_at AS at, entries, holds FROM trail_verification ORDER BY id DESC LIMIT 1',
  );
  return {
    witnessed,
    verified,
    placed: row?.placed ?? 0,
    waiting: row?.waiting ?? 0,
    checkpoint: await latestCheckpoint(transaction),
  };
}

/** How much of the tree can be found by now. */
export async function findable(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ size: number }>(
    'SELECT coalesce(max(index), -1) + 1 AS size FROM trail_search',
  );
  return row?.size ?? 0;
}

/** The transactions that can be seen now, for `isBehind`. */
export async function snapshotNow(transaction: Transaction): Promise<string> {
  const [row] = await transaction.query<{ now: string }>('SELECT pg_current_snapshot()::text AS now');
  return row?.now ?? '';
}

/** Whether something that could be seen then has no place in the tree yet. */
export async function isBehind(transaction: Transaction, snapshot: string): Promise<boolean> {
  const [row] = await transaction.query<{ found: boolean }>(
    `SELECT EXISTS (
       SELECT FROM trail_entry e
        WHERE e.xact >= (SELECT horizon FROM trail_log)
          AND pg_visible_in_snapshot(e.xact, $1::pg_snapshot)
          AND NOT EXISTS (SELECT FROM trail_leaf l WHERE l.stream = e.stream AND l.seq = e.seq)) AS found`,
    [snapshot],
  );
  return row?.found ?? false;
}

function conditionsOf(selection: Selection, below: number) {
  const values: unknown[] = [below];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const conditions = ['s.index < $1'];
  const terms = [
    ...(selection.kind === undefined ? [] : [term.kind(selection.kind)]),
    ...(selection.person === undefined ? [] : [term.person(selection.person)]),
    ...(selection.article === undefined ? [] : [term.article(selection.article)]),
    ...(selection.element === undefined ? [] : [term.element(selection.element)]),
    ...(selection.type === undefined ? [] : [term.type(selection.type)]),
  ];
  if (terms.length > 0) conditions.push(`s.terms @> ${value(terms)}::text[]`);
  const ofStreamsWith = (one: string): string =>
    `s.stream IN (SELECT o.stream FROM trail_search o WHERE o.terms @> ${value([one, term.kind('case')])}::text[])`;
  if (selection.unit !== undefined) conditions.push(ofStreamsWith(term.unit(selection.unit)));
  if (selection.accountability === true) conditions.push(ofStreamsWith(term.process('accountability')));
  if (selection.stream !== undefined) conditions.push(`s.stream = ${value(selection.stream)}`);
  if (selection.streams !== undefined) conditions.push(`s.stream = ANY(${value(selection.streams)}::text[])`);
  if (selection.from !== undefined) conditions.push(`s.at >= ${value(selection.from)}`);
  if (selection.until !== undefined) conditions.push(`s.at < ${value(selection.until)}`);
  return { conditions, values };
}
