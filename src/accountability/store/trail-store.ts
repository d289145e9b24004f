/** Entries in and out of PostgreSQL. Appending happens in the transaction of the step that is recorded. */
import type { Json, JsonObject, Vault } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { brokenTrail } from '../trail/broken.js';
import { origin, type Head } from '../trail/chain.js';
import { openSealed, sealedPlace } from '../trail/sealed-box.js';
import { told } from '../trail/told.js';
import { verifyChain, type ChainVerdict, type StoredEntry } from '../trail/verify.js';
import { append, numberOf, type TrailAppend } from './append.js';

export type { TrailAppend } from './append.js';

export interface TrailEntry {
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  /** SHA-256(0x00 ‖ body), hex. */
  readonly leaf: string;
  /** Empty where the entry was altered: what stands there now is not what was recorded. */
  readonly body: JsonObject;
  readonly altered: boolean;
  /** Sealed texts by name, where they have not been erased. */
  readonly sealed: { readonly [name: string]: string };
}

export interface Trail {
  /**
   * @param bookmarks by stream what an earlier call returned, null for a stream that is new; a stream without one is
   * looked up and locked. Two writers with one bookmark collide on the entry's number, and the second fails.
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
  /** The streams, or those of the given ones, with an entry of this type whose legal instant is `since` or later. */
  streamsWith(
    transaction: Transaction,
    type: 'timer.fired',
    since: Date,
    among?: readonly string[],
  ): Promise<string[]>;
  /** The number of the entry at which a bookmark stands. */
  numberOf(bookmark: Json): number;
  /** The entries of the given ranges `[stream, first, last]`, by stream and number; sealed texts are not among them. */
  between(
    transaction: Transaction,
    ranges: readonly (readonly [stream: string, first: number, last: number])[],
  ): Promise<
    readonly (Pick<TrailEntry, 'seq' | 'type' | 'at' | 'body' | 'altered'> & { readonly stream: string })[]
  >;
  /**
   * What a stream says, for whoever decides on it.
   *
   * @throws {Refusal} `trail.broken` where its chain does not hold
   */
  history(
    transaction: Transaction,
    stream: string,
  ): Promise<readonly Pick<TrailEntry, 'seq' | 'type' | 'body'>[]>;
  verify(transaction: Transaction, stream: string): Promise<ChainVerdict>;
}

export function createTrail(vault: Vault): Trail {
  return {
    append: (transaction, entries, bookmarks) => append(vault, transaction, entries, bookmarks),
    read: (transaction, streams) => read(vault, transaction, streams),
    numberOf,
    between,
    streamsWith,
    history,
    verify,
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
    trails.get(row.stream)?.push({
      seq: row.seq,
      type: row.type,
      at: row.at,
      leaf: row.leaf.toString('hex'),
      ...told(row),
      sealed: openedOf(vault, row),
    });
  }
  return trails;
}

interface EntryRow {
  readonly stream: string;
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  readonly leaf: Buffer;
  readonly body: Buffer;
}

interface SealedRow {
  readonly stream: string;
  readonly seq: number;
  /** Boxes in Base64. */
  readonly sealed: { readonly [name: string]: string } | null;
}

function openedOf(vault: Vault, { stream, seq, sealed }: SealedRow): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(sealed ?? {}).map(([name, box]) => [
      name,
      openSealed(vault, sealedPlace(stream, seq, name), Buffer.from(box, 'base64')),
    ]),
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
  return rows.map(({ stream, seq, type, at, ...row }) => ({ stream, seq, type, at, ...told(row) }));
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

export async function history(transaction: Transaction, stream: string) {
  const { bodies, verdict } = await chainOf(transaction, stream);
  if (!verdict.holds) throw brokenTrail(stream, verdict.seq, verdict.finding);
  // What is hashed counts, not the columns beside it.
  return bodies.map((body, index) => ({
    seq: index + 1,
    type: typeof body.type === 'string' ? body.type : '',
    body,
  }));
}

/** The newest entry of a type in a stream. */
export async function latestEntry(
  transaction: Transaction,
  stream: string,
  type: string,
): Promise<{ readonly at: Date; readonly body: JsonObject } | undefined> {
  const [row] = await transaction.query<{ at: Date; leaf: Buffer; body: Buffer }>(
    'SELECT at, leaf, body FROM trail_entry WHERE stream = $1 AND type = $2 ORDER BY seq DESC LIMIT 1',
    [stream, type],
  );
  return row && { at: row.at, body: told(row).body };
}

async function chainOf(transaction: Transaction, stream: string) {
  const rows = await transaction.prepared<Head & { body: Buffer | null }>('trail-chain', chainSql, [stream]);
  const entries = rows.filter((row): row is typeof row & StoredEntry => row.body !== null);
  const head = rows.find(({ body }) => body === null) ?? origin;
  const bodies: JsonObject[] = [];
  return { bodies, verdict: verifyChain(stream, entries, head, (body) => void bodies.push(body)) };
}

/** The head is the row without a body: of a stream whose entries are gone, it is the only one. */
const chainSql = `
  SELECT seq, leaf, body FROM trail_entry WHERE stream = $1
  UNION ALL SELECT seq, leaf, NULL FROM trail_head WHERE stream = $1
   ORDER BY seq`;
