/** Inserts entries within the transaction of the step they record. */
import type { Json, JsonObject, Seal, Vault } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { eventOf, type EntryType } from '../events/index.js';
import { assertWritable } from '../events/read-entry.js';
import { link, origin, type Head, type Linked } from '../trail/chain.js';
import { sealedPlace } from '../trail/sealed-box.js';

export interface TrailAppend {
  readonly stream: string;
  readonly type: EntryType;
  readonly at: Date;
  readonly body: JsonObject;
  readonly sealed?: readonly Seal[];
  /** SHA-256 of the state after the entry, hex. */
  readonly state?: string;
}

interface Row {
  readonly entry: TrailAppend;
  readonly linked: Linked;
  /** Encrypted texts by name. */
  readonly boxes: readonly (readonly [name: string, box: Buffer])[];
}

/**
 * Implements `Trail.append`.
 * @throws {TypeError} for an entry that does not match the table of types (the check takes 2 to 3
 * µs of a step's 1,000)
 */
export async function append(
  vault: Vault,
  transaction: Transaction,
  entries: readonly TrailAppend[],
  bookmarks: ReadonlyMap<string, Json> = new Map(),
): Promise<ReadonlyMap<string, Json>> {
  if (entries.length === 0) return new Map();
  const heads = await headsOf(transaction, entries, bookmarks);
  const rows: Row[] = [];
  for (const entry of entries) {
    const linked = linkedTo(heads.get(entry.stream) ?? origin, entry);
    heads.set(entry.stream, linked);
    rows.push({ entry, linked, boxes: boxesOf(vault, entry, linked.seq) });
  }
  // The heads of other streams are advanced by the sequencer: a step of a case writes no extra row.
  const moving = rows.filter(
    ({ entry: { stream }, linked }) => heads.get(stream) === linked && !Array.isArray(bookmarks.get(stream)),
  );
  writeRows(transaction, rows, moving);
  const after = new Map<string, Json>();
  for (const [stream, { seq, leaf }] of heads) after.set(stream, [seq, leaf.toString('base64')]);
  return after;
}

function linkedTo(head: Head, { stream, type, at, body, sealed = [], state }: TrailAppend): Linked {
  assertWritable(type, body);
  const digests = sealed.map(({ name, digest }) => [name, digest] as const);
  const kept = {
    ...(digests.length > 0 ? { sealed: Object.fromEntries(digests) } : {}),
    ...(state === undefined ? {} : { state }),
  };
  return link(head, stream, type, at, body, kept, eventOf(type).v);
}

function boxesOf(vault: Vault, { stream, sealed = [] }: TrailAppend, seq: number): Row['boxes'] {
  const boxes: Row['boxes'][number][] = [];
  for (const { name, salt, value } of sealed) {
    if (value !== null) boxes.push([name, vault.seal(`${salt}${value}`, sealedPlace(stream, seq, name))]);
  }
  return boxes;
}

function writeRows(transaction: Transaction, rows: readonly Row[], moving: readonly Row[]): void {
  const sealed = rows.flatMap(({ entry, linked, boxes }) =>
    boxes.map(([name, box]) => ({ stream: entry.stream, seq: linked.seq, name, box })),
  );
  transaction.write('trail-append', appendSql, [
    rows.map(({ entry }) => entry.stream),
    rows.map(({ linked }) => linked.seq),
    rows.map(({ linked }) => linked.at),
    rows.map(({ entry }) => entry.type),
    rows.map(({ linked }) => linked.leaf),
    rows.map(({ linked }) => linked.body),
    moving.map(({ entry }) => entry.stream),
    moving.map(({ linked }) => linked.seq),
    moving.map(({ linked }) => linked.leaf),
    sealed.map(({ stream }) => stream),
    sealed.map(({ seq }) => seq),
    sealed.map(({ name }) => name),
    sealed.map(({ box }) => box),
  ]);
}

const appendSql = `
  WITH entries AS (
    INSERT INTO trail_entry (stream, seq, at, type, leaf, body)
    SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::text[], $5::bytea[], $6::bytea[])
  ), heads AS (
    INSERT INTO trail_head (stream, seq, leaf)
    SELECT * FROM unnest($7::text[], $8::int[], $9::bytea[])
    ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, leaf = excluded.leaf
  )
  INSERT INTO sealed_value (stream, seq, name, box)
  SELECT * FROM unnest($10::text[], $11::int[], $12::text[], $13::bytea[])`;

/** Heads of existing streams. A bookmark is `[seq, leaf in base64]`. */
async function headsOf(
  transaction: Transaction,
  entries: readonly TrailAppend[],
  bookmarks: ReadonlyMap<string, Json>,
): Promise<Map<string, Head>> {
  const heads = new Map<string, Head>();
  const unknown = new Set<string>();
  for (const { stream } of entries) {
    const bookmark = bookmarks.get(stream);
    if (bookmark === undefined) unknown.add(stream);
    if (!Array.isArray(bookmark) || heads.has(stream)) continue;
    const [seq, leaf] = bookmark as readonly Json[];
    if (typeof seq === 'number' && typeof leaf === 'string')
      heads.set(stream, { seq, leaf: Buffer.from(leaf, 'base64') });
  }
  if (unknown.size === 0) return heads;
  for (const [stream, head] of await lockedHeads(transaction, [...unknown].sort())) heads.set(stream, head);
  return heads;
}

/** Number of the entry a bookmark points to. */
export function numberOf(bookmark: Json): number {
  const [seq] = Array.isArray(bookmark) ? (bookmark as readonly Json[]) : [];
  return typeof seq === 'number' ? seq : 0;
}

/**
 * Locks the streams' heads so that writers of one stream take turns: numbers have no gaps and the
 * chain does not fork. It first inserts the head of a new stream, to have a row to lock. A head may
 * lag behind its last entry.
 */
async function lockedHeads(transaction: Transaction, streams: string[]): Promise<Map<string, Head>> {
  transaction.write('trail-new-heads', newHeadsSql, [streams, origin.leaf]);
  transaction.write('trail-lock', lockSql, [streams]);
  const rows = await transaction.prepared<{ stream: string; seq: number; leaf: Buffer }>(
    'trail-heads',
    headsSql,
    [streams],
  );
  return new Map(rows.map((row) => [row.stream, { seq: row.seq, leaf: row.leaf }]));
}

const newHeadsSql = `
  INSERT INTO trail_head (stream, seq, leaf)
  SELECT stream, 0, $2 FROM unnest($1::text[]) AS new (stream)
   WHERE NOT EXISTS (SELECT FROM trail_head h WHERE h.stream = new.stream)
   ORDER BY stream
  ON CONFLICT (stream) DO NOTHING`;

const lockSql = 'SELECT FROM trail_head WHERE stream = ANY($1) ORDER BY stream FOR UPDATE';

/** This is a separate statement: after waiting for a lock, rows must be read anew. */
const headsSql = `
  SELECT h.stream, coalesce(e.seq, h.seq) AS seq, coalesce(e.leaf, h.leaf) AS leaf
    FROM trail_head h
    LEFT JOIN LATERAL (
      SELECT seq, leaf FROM trail_entry e WHERE e.stream = h.stream AND e.seq > h.seq
       ORDER BY seq DESC LIMIT 1
    ) AS e ON true
   WHERE h.stream = ANY($1)`;
