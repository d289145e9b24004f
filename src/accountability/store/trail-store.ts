/** Entries in PostgreSQL. Appending happens in the transaction of the recorded step. */
import type { Json, Refusal, Vault } from '../../kernel/index.js';
import type { Law, Laws } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import type { EntryType } from '../events/index.js';
import { parseEntry, readEntry, type Entry, type EntryRow, type Unread } from '../events/read-entry.js';
import { brokenTrail } from '../trail/broken.js';
import { origin } from '../trail/chain.js';
import { verifyChain, type ChainVerdict } from '../trail/verify.js';
import { endOf, type End, type Stored } from '../trail/end.js';
import { append, numberOf, type TrailAppend } from './append.js';
import { openText } from './open-text.js';

export type { TrailAppend } from './append.js';

/** An entry with its bytes. */
export type KeptEntry = (Entry | Unread) & {
  /** SHA-256(0x00 ‖ body), hex. */
  readonly leaf: string;
  /** The bytes as stored now. */
  readonly bytes: Buffer;
};

export type TrailEntry = KeptEntry & {
  /** Sealed texts by name, unless erased. */
  readonly sealed: { readonly [name: string]: string };
};

export interface Trail {
  /**
   * @param bookmarks by stream, as an earlier call returned them; null for a new stream. A stream
   * without a bookmark is looked up and locked. If two writers use the same bookmark, the second
   * fails, since both write the same number.
   */
  append(
    transaction: Transaction,
    entries: readonly TrailAppend[],
    bookmarks?: ReadonlyMap<string, Json>,
  ): Promise<ReadonlyMap<string, Json>>;
  read(
    transaction: Transaction,
    streams: readonly string[],
  ): Promise<ReadonlyMap<string, readonly TrailEntry[]>>;
  /** Streams (of the given ones, if any) that have an entry of this type with a legal instant of `since` or later. */
  streamsWith(
    transaction: Transaction,
    type: 'timer.fired',
    since: Date,
    among?: readonly string[],
  ): Promise<string[]>;
  /** Number of the entry a bookmark points to. */
  numberOf(bookmark: Json): number;
  /** Entries of the ranges `[stream, first, last]`, by stream and number; without sealed texts. */
  between(
    transaction: Transaction,
    ranges: readonly (readonly [stream: string, first: number, last: number])[],
  ): Promise<readonly (Entry | Unread)[]>;
  /**
   * The verified entries of a stream, as a basis for decisions.
   *
   * @throws {Refusal} `trail.broken` if its chain is broken or has an entry that this program cannot read
   */
  history(transaction: Transaction, stream: string): Promise<readonly Entry[]>;
  verify(transaction: Transaction, stream: string): Promise<ChainVerdict>;
  /** What the end of a stream proves; see the engine's `Journal`. */
  endOf(stream: string, last: Stored | undefined, bookmark: Json): End | Refusal;
}

export function createTrail(vault: Vault, laws: Laws): Trail {
  return {
    append: (transaction, entries, bookmarks) => append(vault, transaction, entries, bookmarks),
    read: (transaction, streams) => read(vault, transaction, streams),
    numberOf,
    between,
    streamsWith,
    history: (transaction, stream) => history(transaction, stream, laws.today()),
    verify,
    endOf: (stream, last, bookmark) => endOf(stream, last, bookmark, laws.today()),
  };
}

async function read(vault: Vault, transaction: Transaction, streams: readonly string[]) {
  const rows = await transaction.query<EntryRow & SealedRow>(
    `SELECT e.stream, e.seq, e.type, e.at, e.leaf, e.body,
            (SELECT json_object_agg(s.name, encode(s.box, 'base64')) FROM sealed_value s
             WHERE s.stream = e.stream AND s.seq = e.seq) AS sealed
     FROM trail_entry e WHERE e.stream = ANY($1) ORDER BY e.stream, e.seq`,
    [streams],
  );
  const trails = new Map<string, TrailEntry[]>(streams.map((stream) => [stream, []]));
  for (const row of rows) {
    const entry = keptEntry(row);
    trails.get(row.stream)?.push(Object.assign(entry, { sealed: openedOf(vault, row, entry) }));
  }
  return trails;
}

export const keptEntry = (row: EntryRow): KeptEntry =>
  Object.assign(readEntry(row), { leaf: row.leaf.toString('hex'), bytes: row.body });

interface SealedRow {
  readonly stream: string;
  readonly seq: number;
  /** Boxes in Base64. */
  readonly sealed: { readonly [name: string]: string } | null;
}

/** Opens the texts; leaves out those whose boxes do not open or hold another text than the entry's digest states. */
function openedOf(
  vault: Vault,
  { stream, seq, sealed }: SealedRow,
  entry: KeptEntry,
): { readonly [name: string]: string } {
  const digests = entry.type === 'unread' ? {} : entry.digests;
  return Object.fromEntries(
    Object.entries(sealed ?? {}).flatMap(([name, box]) => {
      const { text, digest } = openText(vault, [stream, seq, name], Buffer.from(box, 'base64'));
      return text === undefined || (entry.type !== 'unread' && digests[name] !== digest)
        ? []
        : [[name, text]];
    }),
  );
}

async function between(
  transaction: Transaction,
  ranges: readonly (readonly [stream: string, first: number, last: number])[],
) {
  const rows = await transaction.query<EntryRow>(
    `SELECT e.stream, e.seq, e.type, e.at, e.leaf, e.body
       FROM unnest($1::text[], $2::int[], $3::int[]) AS r (stream, first, last)
       JOIN trail_entry e ON e.stream = r.stream AND e.seq BETWEEN r.first AND r.last
      ORDER BY e.stream, e.seq`,
    [ranges.map(([stream]) => stream), ranges.map(([, first]) => first), ranges.map(([, , last]) => last)],
  );
  return rows.map(readEntry);
}

async function streamsWith(
  transaction: Transaction,
  type: 'timer.fired',
  since: Date,
  among?: readonly string[],
): Promise<string[]> {
  const rows = await transaction.query<{ stream: string }>(
    `SELECT DISTINCT stream FROM trail_entry WHERE type = '${type}' AND at >= $1
      ${among ? 'AND stream = ANY($2)' : ''}`,
    among ? [since, among] : [since],
  );
  return rows.map(({ stream }) => stream);
}

async function verify(transaction: Transaction, stream: string): Promise<ChainVerdict> {
  return (await chainOf(transaction, stream)).verdict;
}

export async function history(transaction: Transaction, stream: string, law: Law): Promise<readonly Entry[]> {
  const { entries, verdict } = await chainOf(transaction, stream);
  if (!verdict.holds) throw brokenTrail(stream, verdict.seq, verdict.finding, law);
  return entries.map((entry) => {
    if (entry.type !== 'unread') return entry;
    throw brokenTrail(stream, entry.seq, `第 ${entry.seq} 条不是本程序认得的条目`, law);
  });
}

/** The newest entry of a type in a stream; undefined also if it was altered. */
export async function latestEntry<Type extends EntryType>(
  transaction: Transaction,
  stream: string,
  type: Type,
): Promise<Entry<Type> | undefined> {
  const [row] = await transaction.query<EntryRow>(
    `SELECT stream, seq, type, at, leaf, body FROM trail_entry
      WHERE stream = $1 AND type = $2 ORDER BY seq DESC LIMIT 1`,
    [stream, type],
  );
  const entry = row && readEntry(row);
  return entry?.type === type ? (entry as unknown as Entry<Type>) : undefined;
}

/** The valid first entries of the streams whose names have this prefix, by name. */
export async function firstEntries(transaction: Transaction, prefix: string): Promise<readonly Entry[]> {
  const rows = await transaction.query<EntryRow>(
    `SELECT stream, seq, type, at, leaf, body FROM trail_entry
      WHERE seq = 1 AND starts_with(stream, $1) ORDER BY stream`,
    [prefix],
  );
  return rows.map(readEntry).filter((entry): entry is Entry => entry.type !== 'unread');
}

/** Entries of these types in these streams, in each stream's order; altered ones are marked as such. */
export async function entriesOfTypes(
  transaction: Transaction,
  streams: readonly string[],
  types: readonly EntryType[],
): Promise<readonly (Entry | Unread)[]> {
  const rows = await transaction.query<EntryRow>(
    `SELECT stream, seq, type, at, leaf, body FROM trail_entry
      WHERE stream = ANY ($1::text[]) AND type = ANY ($2::text[]) ORDER BY stream, seq`,
    [[...streams], [...types]],
  );
  return rows.map(readEntry);
}

/** When the schema was created: the first entry of its stream. */
export async function databaseMadeAt(transaction: Transaction): Promise<Date> {
  const [first] = await transaction.query<{ at: Date }>(
    `SELECT at FROM trail_entry WHERE stream = 'schema' AND seq = 1`,
  );
  if (!first) throw new Error('the stream "schema" has no first entry');
  return first.at;
}

async function chainOf(transaction: Transaction, stream: string) {
  const rows = await transaction.prepared<ChainRow>('trail-chain', chainSql, [stream]);
  const stored = rows.filter((row): row is ChainRow & { body: Buffer } => row.body !== null);
  const head = rows.find(({ body }) => body === null) ?? origin;
  const entries: (Entry | Unread)[] = [];
  const verdict = verifyChain(stream, stored, head, (said, row) => entries.push(parseEntry(row, said)));
  return { entries, verdict };
}

type ChainRow = Omit<EntryRow, 'body'> & { readonly body: Buffer | null };

/** The head is the row without a body; it is the only one if the stream's entries are missing. */
const chainSql = `
  SELECT stream, seq, type, at, leaf, body FROM trail_entry WHERE stream = $1
  UNION ALL SELECT stream, seq, '', now(), leaf, NULL FROM trail_head WHERE stream = $1
   ORDER BY seq`;
