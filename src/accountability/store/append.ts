/** Entries into PostgreSQL, in the transaction of the step that they record. */
import type { Json, JsonObject, Seal, Vault } from '../../kernel/index.js';
import type { Change, Transaction } from '../../persistence/index.js';
import { link, origin, type Head, type Linked } from '../trail/chain.js';
import { sealedPlace } from '../trail/sealed-box.js';

export interface TrailAppend {
  readonly stream: string;
  readonly type: string;
  readonly at: Date;
  readonly body: JsonObject;
  readonly sealed?: readonly Seal[];
}

interface Row extends Linked {
  readonly entry: TrailAppend;
  /** Sealed texts by name, in their boxes. */
  readonly boxes: readonly (readonly [name: string, box: Buffer])[];
}

/** As `Trail.append`. */
export async function append(
  vault: Vault,
  transaction: Transaction,
  entries: readonly TrailAppend[],
  bookmarks: ReadonlyMap<string, Json> = new Map(),
): Promise<ReadonlyMap<string, Json>> {
  if (entries.length === 0) return new Map();
  const streams = new Set(entries.map((entry) => entry.stream));
  const heads = await headsOf(transaction, streams, bookmarks);
  // The sequencer takes the others along: a step of a case writes no row that it need not.
  const moved = new Set([...streams].filter((stream) => !Array.isArray(bookmarks.get(stream))));
  const rows = entries.map((entry) => {
    const linked = linkedTo(heads.get(entry.stream) ?? origin, entry);
    heads.set(entry.stream, linked);
    return { ...linked, entry, boxes: boxesOf(vault, entry, linked.seq) };
  });
  const boxes = rows.reduce((sum, row) => sum + row.boxes.length, 0);
  transaction.change(
    rows.length <= few.entries && boxes <= few.boxes ? ofFew(rows, heads, moved) : ofMany(rows, heads, moved),
  );
  return new Map([...heads].map(([stream, { seq, leaf }]) => [stream, [seq, leaf.toString('base64')]]));
}

const linkedTo = (head: Head, { stream, type, at, body, sealed }: TrailAppend): Linked =>
  link(
    head,
    stream,
    type,
    at,
    body,
    sealed?.length ? Object.fromEntries(sealed.map(({ name, digest }) => [name, digest])) : undefined,
  );

const boxesOf = (vault: Vault, { stream, sealed = [] }: TrailAppend, seq: number): Row['boxes'] =>
  sealed.flatMap(({ name, salt, value }) =>
    value === null ? [] : [[name, vault.seal(`${salt}${value}`, sealedPlace(stream, seq, name))] as const],
  );

/** So many at most by value: each shape is a statement of its own. A step is one entry nearly always, or two. */
const few = { entries: 3, boxes: 6 };

/** By value the bytes go to PostgreSQL as they are, in an array they would go as hexadecimal text. */
function ofFew(rows: readonly Row[], heads: ReadonlyMap<string, Head>, moved: ReadonlySet<string>): Change {
  const shape = rows.map(({ entry, seq, boxes }) => ({
    boxes: boxes.length,
    movesHead: moved.has(entry.stream) && heads.get(entry.stream)?.seq === seq,
  }));
  const name = shape.map(({ boxes, movesHead }) => `${boxes}${movesHead ? 'h' : ''}`).join('-');
  const parts = partsOf.get(name) ?? partsOfFew(shape);
  partsOf.set(name, parts);
  const values: unknown[] = [];
  for (const { entry, seq, leaf, body, boxes } of rows) {
    // As the body has it; of a Date pg makes the local time.
    values.push(entry.stream, seq, entry.at.toISOString(), entry.type, leaf, body);
    for (const box of boxes) values.push(...box);
  }
  return { of: 'trail', shape: name, parts, values };
}

const partsOf = new Map<string, readonly string[]>();

/** @param shape of each entry how many texts it seals, and whether its stream's head comes to stand on it */
function partsOfFew(shape: readonly { readonly boxes: number; readonly movesHead: boolean }[]): string[] {
  const entries: string[] = [];
  const sealed: string[] = [];
  const heads: string[] = [];
  let used = 0;
  for (const { boxes, movesHead } of shape) {
    const [stream, seq, leaf] = [`$${used + 1}`, `$${used + 2}`, `$${used + 5}`];
    entries.push(`(${stream}, ${seq}, $${used + 3}, $${used + 4}, ${leaf}, $${used + 6})`);
    used += 6;
    for (let box = 0; box < boxes; box += 1) {
      sealed.push(`(${stream}, ${seq}, $${used + 1}, $${used + 2}::bytea)`);
      used += 2;
    }
    if (movesHead) heads.push(`(${stream}, ${seq}, ${leaf})`);
  }
  return [
    `${intoEntries} VALUES ${entries.join(', ')}`,
    ...(sealed.length > 0 ? [`${intoSealed} VALUES ${sealed.join(', ')}`] : []),
    ...(heads.length > 0 ? [`${intoHeads} VALUES ${heads.join(', ')} ${forward}`] : []),
  ];
}

const intoEntries = 'INSERT INTO hotline.trail_entry (stream, seq, at, type, leaf, body)';
const intoSealed = 'INSERT INTO hotline.sealed_value (stream, seq, name, box)';
const intoHeads = 'INSERT INTO hotline.trail_head (stream, seq, leaf)';
const forward = 'ON CONFLICT (stream) DO UPDATE SET seq = excluded.seq, leaf = excluded.leaf';

function ofMany(rows: readonly Row[], heads: ReadonlyMap<string, Head>, moved: ReadonlySet<string>): Change {
  const streams = [...moved];
  const sealed = rows.flatMap(({ entry, seq, boxes }) =>
    boxes.map(([name, box]) => ({ stream: entry.stream, seq, name, box })),
  );
  return {
    of: 'trail',
    shape: 'many',
    parts: partsOfMany,
    values: [
      rows.map(({ entry }) => entry.stream),
      rows.map(({ seq }) => seq),
      rows.map(({ entry }) => entry.at),
      rows.map(({ entry }) => entry.type),
      rows.map(({ leaf }) => leaf),
      rows.map(({ body }) => body),
      streams,
      streams.map((stream) => heads.get(stream)?.seq),
      streams.map((stream) => heads.get(stream)?.leaf),
      sealed.map(({ stream }) => stream),
      sealed.map(({ seq }) => seq),
      sealed.map(({ name }) => name),
      sealed.map(({ box }) => box),
    ],
  };
}

const partsOfMany = [
  `${intoEntries} SELECT * FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::text[], $5::bytea[], $6::bytea[])`,
  `${intoHeads} SELECT * FROM unnest($7::text[], $8::int[], $9::bytea[]) ${forward}`,
  `${intoSealed} SELECT * FROM unnest($10::text[], $11::int[], $12::text[], $13::bytea[])`,
];

/** A bookmark is `[seq, leaf in base64]`. */
async function headsOf(
  transaction: Transaction,
  streams: ReadonlySet<string>,
  bookmarks: ReadonlyMap<string, Json>,
): Promise<Map<string, Head>> {
  const unknown = [...streams].filter((stream) => bookmarks.get(stream) === undefined).sort();
  const heads = unknown.length > 0 ? await lockedHeads(transaction, unknown) : new Map<string, Head>();
  for (const stream of streams) {
    const bookmark = bookmarks.get(stream);
    if (!Array.isArray(bookmark)) continue;
    const [seq, leaf] = bookmark as readonly Json[];
    if (typeof seq === 'number' && typeof leaf === 'string') {
      heads.set(stream, { seq, leaf: Buffer.from(leaf, 'base64') });
    }
  }
  return heads;
}

/** The number of the entry at which a bookmark stands. */
export function numberOf(bookmark: Json): number {
  const [seq] = Array.isArray(bookmark) ? (bookmark as readonly Json[]) : [];
  return typeof seq === 'number' ? seq : 0;
}

/**
 * Two writers of one stream: the second waits here, so that the numbers have no holes and the chain no fork. A stream
 * that is new gets its head first, so that there is something to wait for. A head may lie behind its last entry.
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
  INSERT INTO hotline.trail_head (stream, seq, leaf)
  SELECT stream, 0, $2 FROM unnest($1::text[]) AS new (stream)
   WHERE NOT EXISTS (SELECT FROM hotline.trail_head h WHERE h.stream = new.stream)
   ORDER BY stream
  ON CONFLICT (stream) DO NOTHING`;

const lockSql = 'SELECT FROM hotline.trail_head WHERE stream = ANY($1) ORDER BY stream FOR UPDATE';

/** A statement of its own: one that has waited for a lock sees other rows as they were before. */
const headsSql = `
  SELECT h.stream, coalesce(e.seq, h.seq) AS seq, coalesce(e.leaf, h.leaf) AS leaf
    FROM hotline.trail_head h
    LEFT JOIN LATERAL (
      SELECT seq, leaf FROM hotline.trail_entry e WHERE e.stream = h.stream AND e.seq > h.seq
       ORDER BY seq DESC LIMIT 1
    ) AS e ON true
   WHERE h.stream = ANY($1)`;
