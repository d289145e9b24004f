/** Searches entries of all streams by `trail_search`, in tree order. */
import type { Transaction } from '../../platform/database/index.js';
import type { EntryRow } from '../events/read-entry.js';
import { term } from '../search/terms.js';
import type { Selection } from '../search/selection.js';
import { latestCheckpoint, type Checkpoint } from './checkpoint-store.js';
import { keptEntry, type KeptEntry } from './trail-store.js';
import { latestVerification, type Verification } from './verification-store.js';

interface Found {
  /** In the tree over all streams, from 0. */
  readonly index: number;
  /** Whether the stream is a work order's. */
  readonly isCase: boolean;
}

type FoundRow = EntryRow & Found;

export type FoundEntry = KeptEntry & Found;

/** Cursor: reading continues after this entry, in the requested order. */
export interface Place {
  readonly index: number;
  readonly stream: string;
  readonly seq: number;
}

/** `newest`: backwards through the tree; `tree`: forwards; `streams`: stream by stream. */
export type Order = 'newest' | 'tree' | 'streams';

/** @param below considers only entries of the tree of this size */
export async function findEntries(
  transaction: Transaction,
  selection: Selection,
  order: Order,
  page: { readonly after?: Place | undefined; readonly limit: number; readonly below: number },
): Promise<FoundEntry[]> {
  const { where, values } = await conditionsOf(transaction, selection, page.below);
  const value = (given: unknown): string => `$${values.push(given)}`;
  const { after } = page;
  const next = !after
    ? 'true'
    : order === 'streams'
      ? `(l.stream, l.seq) > (${value(after.stream)}::text, ${value(after.seq)}::int)`
      : `s.index ${order === 'tree' ? '>' : '<'} ${value(after.index)}`;
  const by = { newest: 'index DESC', tree: 'index', streams: 'stream, seq' }[order];
  const rows = await transaction.query<FoundRow>(
    `SELECT s.index, s.stream, s.seq, e.type, e.at, e.leaf, e.body, t.terms @> ARRAY['k:case'] AS "isCase"
       FROM (SELECT index, l.stream, l.seq, s.what FROM ${places}
              WHERE ${where} AND ${next} ORDER BY ${by} LIMIT ${page.limit}) s
       JOIN trail_entry e USING (stream, seq) JOIN trail_terms t ON t.id = s.what ORDER BY ${by}`,
    values,
  );
  return rows.map((row) => Object.assign(keptEntry(row), { index: row.index, isCase: row.isCase }));
}

const places = 'trail_search s JOIN trail_leaf l USING (index)';

export async function countEntries(
  transaction: Transaction,
  selection: Selection,
  below: number,
): Promise<number> {
  const { where, values } = await conditionsOf(transaction, selection, below);
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*) AS count FROM ${places} WHERE ${where}`,
    values,
  );
  return row?.count ?? 0;
}

/** Streams of the entries, with each stream's full length. */
export async function streamsOf(
  transaction: Transaction,
  selection: Selection,
  below: number,
): Promise<{ readonly stream: string; readonly length: number }[]> {
  const { where, values } = await conditionsOf(transaction, selection, below);
  return transaction.query(
    `SELECT stream, (SELECT max(seq) FROM trail_entry e WHERE e.stream = s.stream) AS length
       FROM (SELECT DISTINCT l.stream FROM ${places} WHERE ${where}) s ORDER BY stream`,
    values,
  );
}

/** Entries before this one that name a unit, in order, for each stream. */
export async function entriesNamingUnits(
  transaction: Transaction,
  before: readonly (readonly [stream: string, seq: number])[],
): Promise<readonly KeptEntry[]> {
  const rows = await transaction.query<EntryRow>(
    `SELECT e.stream, e.seq, e.type, e.at, e.leaf, e.body
       FROM unnest($1::text[], $2::int[]) p(stream, seq)
       JOIN trail_leaf l ON l.stream = p.stream AND l.seq < p.seq
       JOIN trail_search s ON s.index = l.index AND s.units IS NOT NULL
       JOIN trail_entry e ON e.stream = l.stream AND e.seq = l.seq ORDER BY l.stream, l.seq`,
    [before.map(([stream]) => stream), before.map(([, seq]) => seq)],
  );
  return rows.map(keptEntry);
}

/** Streams with selected entries, in order of their names. */
export async function selectedStreams(
  transaction: Transaction,
  selection: Selection,
  below: number,
): Promise<readonly { readonly stream: string; readonly isCase: boolean; readonly entries: number }[]> {
  const { where, values } = await conditionsOf(transaction, selection, below);
  return transaction.query(
    `SELECT l.stream, bool_or(t.terms @> ARRAY['k:case']) AS "isCase", count(*)::int AS entries
       FROM ${places} JOIN trail_terms t ON t.id = s.what WHERE ${where} GROUP BY l.stream ORDER BY l.stream`,
    values,
  );
}

/** State of the trail: entries placed, entries without a place, the last checkpoint. */
export async function trailStatus(transaction: Transaction): Promise<{
  readonly placed: number;
  readonly waiting: number;
  readonly checkpoint: Checkpoint | undefined;
  /** Witnesses of the latest co-signed checkpoint. */
  readonly witnessed:
    { readonly size: number; readonly at: Date; readonly names: readonly string[] } | undefined;
  /** Result of the last verification. */
  readonly verified: Verification | undefined;
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
  return {
    witnessed,
    verified: await latestVerification(transaction),
    placed: row?.placed ?? 0,
    waiting: row?.waiting ?? 0,
    checkpoint: await latestCheckpoint(transaction),
  };
}

/** Number of entries indexed so far. */
export async function findable(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ size: number }>(
    'SELECT coalesce(max(index), -1) + 1 AS size FROM trail_search',
  );
  return row?.size ?? 0;
}

/** The transactions visible now, for `isBehind`. */
export async function currentSnapshot(transaction: Transaction): Promise<string> {
  const [row] = await transaction.query<{ now: string }>('SELECT pg_current_snapshot()::text AS now');
  return row?.now ?? '';
}

/** Whether an entry that the snapshot sees has no place in the tree yet. */
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

/** Term sets appear as literals, because their frequency decides the query plan. */
async function conditionsOf(
  transaction: Transaction,
  selection: Selection,
  below: number,
): Promise<{ readonly where: string; readonly values: unknown[] }> {
  const values: unknown[] = [below];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const setsWith = async (...terms: readonly string[]): Promise<string> => {
    const sets = await transaction.query<{ id: number }>(
      'SELECT id FROM trail_terms WHERE terms @> $1::text[]',
      [terms],
    );
    // No set has the number 0, so the list is never empty.
    return `IN (${[0, ...sets.map(({ id }) => id)].join(', ')})`;
  };
  const conditions = ['s.index < $1'];
  const what = [
    ...(selection.kind === undefined ? [] : [term.kind(selection.kind)]),
    ...(selection.article === undefined ? [] : [term.article(selection.article)]),
    ...(selection.element === undefined ? [] : [term.element(selection.element)]),
  ];
  if (what.length > 0) conditions.push(`s.what ${await setsWith(...what)}`);
  if (selection.person !== undefined)
    conditions.push(`s.who ${await setsWith(term.person(selection.person))}`);
  const isCase = term.kind('case');
  const ofStreamsWith = (condition: string): string =>
    `l.stream IN (SELECT ol.stream FROM trail_search o JOIN trail_leaf ol USING (index) WHERE ${condition})`;
  if (selection.unit !== undefined) {
    const [units, ofCases] = [await setsWith(term.unit(selection.unit)), await setsWith(isCase)];
    conditions.push(ofStreamsWith(`o.units ${units} AND o.what ${ofCases}`));
  }
  if (selection.accountability === true) {
    conditions.push(ofStreamsWith(`o.what ${await setsWith(term.process('accountability'), isCase)}`));
  }
  if (selection.stream !== undefined) conditions.push(`l.stream = ${value(selection.stream)}`);
  if (selection.streams !== undefined) conditions.push(`l.stream = ANY(${value(selection.streams)}::text[])`);
  if (selection.without !== undefined)
    conditions.push(`l.stream <> ALL(${value(selection.without)}::text[])`);
  if (selection.from !== undefined) conditions.push(`s.at >= ${value(selection.from)}`);
  if (selection.until !== undefined) conditions.push(`s.at < ${value(selection.until)}`);
  return { where: conditions.join(' AND '), values };
}
