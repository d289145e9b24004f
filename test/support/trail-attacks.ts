/** Attacks by somebody with all rights on a live database, each the strongest known of its kind. */
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { expect } from 'chai';
import {
  askWitnesses,
  createTrail,
  sequence,
  signCheckpoint,
  writeManifest,
  type Witness,
} from '../../src/accountability/index.js';
import { growingTiles } from '../../src/accountability/log/growing-tiles.js';
import { manifestRoot } from '../../src/accountability/log/manifest.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import type { Signer } from '../../src/accountability/log/signer.js';
import { latestCheckpoint } from '../../src/accountability/store/checkpoint-store.js';
import { leafHash } from '../../src/accountability/trail/chain.js';
import { movableClock, type Json } from '../../src/kernel/index.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { freshDatabase, type TestDatabase } from './database.js';
import { asSuperuser } from './tamper.js';
import { note } from './note.js';

export const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
export const thief = ed25519Signer('test.example/trail', Buffer.alloc(32, 8));
export const laws = onlyLaw(shippedLaw('2026-03-02'));
export const trail = createTrail(createVault(newKeyRing()), laws);
export const clock = movableClock(new Date('2026-03-02T10:00:00+08:00'));

/** Two cases of four entries each, interleaved, signed, with a manifest. */
export async function lived(): Promise<TestDatabase> {
  const database = await freshDatabase();
  for (let seq = 1; seq <= 4; seq += 1) {
    for (const stream of ['甲', '乙']) await append(database, stream, `${stream}${seq}`);
    await settle(database);
  }
  await writeManifest({ database, clock, trail });
  await settle(database);
  return database;
}

/** The checkpoint that the log shows now. */
export async function shown(database: TestDatabase): Promise<string> {
  const latest = await database.transaction((transaction) => latestCheckpoint(transaction));
  return latest?.note ?? '';
}

const append = (database: TestDatabase, stream: string, text: string, at = clock.now()): Promise<unknown> =>
  database.transaction((transaction) => trail.append(transaction, [note(stream, at, text)]));

async function settle(database: TestDatabase, by: Signer = signer): Promise<void> {
  await sequence(database);
  await signCheckpoint({ database, clock, laws, signer: by });
}

type Statement = readonly [string, ...unknown[]];

const replaced = (text: string, by: string): Statement => [
  `UPDATE trail_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '${text}', '${by}'), 'UTF8')`,
];
const hashed: Statement = [
  "UPDATE trail_entry SET leaf = sha256('\\x00'::bytea || body) WHERE leaf <> sha256('\\x00'::bytea || body)",
];

/** Recomputes a stream's chain from its stored bodies, with its head. */
async function rechain(database: TestDatabase, stream: string): Promise<void> {
  const rows = await database.transaction((transaction) =>
    transaction.query<{ seq: number; body: Buffer }>(
      'SELECT seq, body FROM hotline.trail_entry WHERE stream = $1 ORDER BY seq',
      [stream],
    ),
  );
  let prev = Buffer.alloc(32);
  const statements: Statement[] = [];
  for (const { seq, body } of rows) {
    const text = body.toString().replace(/"prev":"[0-9a-f]+"/, `"prev":"${prev.toString('hex')}"`);
    const changed = Buffer.from(text);
    prev = Buffer.from(leafHash(changed));
    statements.push([
      'UPDATE trail_entry SET body = $3, leaf = $4 WHERE stream = $1 AND seq = $2',
      stream,
      seq,
      changed,
      prev,
    ]);
  }
  statements.push(['UPDATE trail_head SET leaf = $2 WHERE stream = $1', stream, prev]);
  await asSuperuser(database.url, ...statements);
}

/** Recomputes all tiles and checkpoints over the present entries, signed with the log's key. */
async function rewriteTree(database: TestDatabase, by: Signer = signer): Promise<void> {
  await rechain(database, 'manifest');
  const rows = await database.transaction((transaction) =>
    transaction.query<{ leaf: Buffer }>(
      'SELECT leaf FROM hotline.trail_leaf JOIN hotline.trail_entry USING (stream, seq) ORDER BY index',
    ),
  );
  const tiles = growingTiles(0, []);
  for (const { leaf } of rows) tiles.add(leaf);
  const statements = tiles
    .takeChanged()
    .map(({ level, tile, hashes }): Statement => [
      'UPDATE trail_tile SET hashes = $3 WHERE level = $1 AND tile = $2',
      level,
      tile,
      hashes,
    ]);
  await asSuperuser(
    database.url,
    ...statements,
    ['DELETE FROM trail_cosignature'],
    ['DELETE FROM trail_checkpoint'],
  );
  await signCheckpoint({ database, clock, laws, signer: by });
}

/** Recomputes the latest manifest over the present chains: its tables, and its entry. */
async function rewriteManifest(database: TestDatabase): Promise<void> {
  const heads = await database.transaction((transaction) =>
    transaction.query<{ stream: string; length: number; head: Buffer }>(
      `SELECT m.stream, m.length, e.leaf AS head FROM hotline.manifest_stream m
         JOIN hotline.trail_entry e ON e.stream = m.stream AND e.seq = m.length ORDER BY m.position`,
    ),
  );
  const tiles = growingTiles(0, []);
  for (const { stream, length, head } of heads)
    tiles.add(leafHash(Buffer.from(JSON.stringify([stream, length, head.toString('hex')]))));
  const [made] = tiles.takeChanged();
  const [{ size = 0, root = '' } = {}] = await database.transaction((transaction) =>
    transaction.query<{ size: number; root: string }>(
      `SELECT (body::json->>'size')::int AS size, body::json->>'root' AS root
         FROM (SELECT convert_from(body, 'UTF8') AS body FROM hotline.trail_entry WHERE stream = 'manifest') AS one`,
    ),
  );
  const now = await database.transaction((transaction) => manifestRoot(transaction, size));
  await asSuperuser(
    database.url,
    ['UPDATE manifest_tile SET hashes = $1 WHERE level = 0', made?.hashes],
    ...heads.map(({ stream, head }): Statement => [
      'UPDATE manifest_stream SET head = $2 WHERE stream = $1',
      stream,
      head,
    ]),
    replaced(root, now),
  );
}

async function rewriteAll(database: TestDatabase): Promise<void> {
  await asSuperuser(database.url, replaced('甲2', '甲9'));
  await rechain(database, '甲');
  await rewriteManifest(database);
  await rewriteTree(database);
}

const headBack = (stream: string, seq: number): Statement => [
  'UPDATE trail_head SET seq = $2, leaf = (SELECT leaf FROM trail_entry WHERE stream = $1 AND seq = $2) WHERE stream = $1',
  stream,
  seq,
];
const cutCase: readonly Statement[] = [
  ["DELETE FROM trail_entry WHERE stream = '甲' AND seq > 2"],
  headBack('甲', 2),
];
const cutLog: readonly Statement[] = [
  ["DELETE FROM trail_entry WHERE stream = '丙'"],
  ["DELETE FROM trail_leaf WHERE stream = '丙'"],
  ["DELETE FROM trail_head WHERE stream = '丙'"],
  ['UPDATE trail_log SET size = size - 1'],
];

/** One more entry, written, placed and signed as they all are. */
const oneMore = async (database: TestDatabase): Promise<void> => {
  await append(database, '丙', '丙1');
  await settle(database);
};

/** A committed entry without a place; and the case's record of its chain. */
async function unplaced(database: TestDatabase): Promise<ReadonlyMap<string, Json>> {
  return database.transaction((transaction) => trail.append(transaction, [note('甲', clock.now(), '甲5')]));
}
const dropUnplaced: readonly Statement[] = [
  ["DELETE FROM trail_entry WHERE stream = '甲' AND seq = 5"],
  headBack('甲', 4),
];

export interface Attack {
  /** Lawful acts before an outside party keeps the checkpoint and the witness sees it. */
  readonly before?: (database: TestDatabase) => Promise<unknown>;
  readonly does: (database: TestDatabase) => Promise<unknown>;
  /** Who signs afterwards; the log's own key without it. */
  readonly by?: Signer;
}

export const attacks: { readonly [what: string]: Attack } = {
  改动一条的内容: { does: ({ url }) => asSuperuser(url, replaced('甲2', '甲9')) },
  '改动一条，连哈希一起改': { does: ({ url }) => asSuperuser(url, replaced('甲2', '甲9'), hashed) },
  '改动一条，重算整条链': {
    does: async (database) => {
      await asSuperuser(database.url, replaced('甲2', '甲9'));
      await rechain(database, '甲');
    },
  },
  删去一条: {
    does: ({ url }) => asSuperuser(url, ["DELETE FROM trail_entry WHERE stream = '甲' AND seq = 2"]),
  },
  截去一条链的尾部: { does: ({ url }) => asSuperuser(url, ...cutCase) },
  '截去一条链的尾部，连树里的位置': {
    does: ({ url }) =>
      asSuperuser(url, ...cutCase, ["DELETE FROM trail_leaf WHERE stream = '甲' AND seq > 2"]),
  },
  截去全库的尾部: { before: oneMore, does: ({ url }) => asSuperuser(url, ...cutLog) },
  '截去全库的尾部，连检查点（恢复旧备份）': {
    before: oneMore,
    does: ({ url }) =>
      asSuperuser(
        url,
        ...cutLog,
        ['UPDATE trail_tile SET hashes = substring(hashes FOR octet_length(hashes) - 32) WHERE level = 0'],
        ['DELETE FROM trail_checkpoint WHERE size > (SELECT size FROM trail_log)'],
      ),
  },
  调换两条的位置: {
    does: ({ url }) =>
      asSuperuser(
        url,
        ["UPDATE trail_leaf SET seq = 1000 WHERE stream = '甲' AND seq = 2"],
        ["UPDATE trail_leaf SET seq = 2 WHERE stream = '甲' AND seq = 3"],
        ["UPDATE trail_leaf SET seq = 3 WHERE stream = '甲' AND seq = 1000"],
      ),
  },
  '联署之后插入一条，日期倒填': {
    does: async (database) => {
      await append(database, '甲', '甲5', new Date(clock.now().getTime() - 30 * 60_000));
      await settle(database);
      await asSuperuser(database.url);
    },
  },
  '重写一切，用偷来的密钥重签': {
    does: async (database) => {
      await rewriteAll(database);
      await oneMore(database);
    },
  },
  同样大小的另一本账: { does: rewriteAll },
  换一把密钥重签: { by: thief, does: (database) => rewriteTree(database, thief) },
  把排号的界推过一条没有入树的: {
    does: async (database) => {
      await unplaced(database);
      await asSuperuser(database.url, [
        'UPDATE trail_log SET horizon = pg_snapshot_xmin(pg_current_snapshot())',
      ]);
    },
  },
  '入树之前删去一条，同一条链再有下一条': {
    does: async (database) => {
      const bookmarks = await unplaced(database);
      await asSuperuser(database.url, ...dropUnplaced);
      const next = note('甲', clock.now(), '甲6');
      await database.transaction((transaction) => trail.append(transaction, [next], bookmarks));
      await settle(database);
    },
  },
  '入树之前删去最后一条，其后没有下一条': {
    does: async (database) => {
      await unplaced(database);
      await asSuperuser(database.url, ...dropUnplaced);
    },
  },
  只把链头改回去: { does: ({ url }) => asSuperuser(url, headBack('甲', 2)) },
  '入树之前删去工单的最后一条，工单记着它': {
    does: async (database) => {
      const bookmark = (await unplaced(database)).get('甲') ?? null;
      await asSuperuser(database.url, caseAt('甲', bookmark), ...dropUnplaced);
    },
  },
};

/** The row of a case as its step wrote it. */
const caseAt = (stream: string, bookmark: Json): Statement => [
  "INSERT INTO process_case (business_key, variables, standing, started_at) VALUES ($1, '{}', $2, now())",
  stream,
  JSON.stringify([[], [], [], bookmark]),
];

/** The witness co-signs the present log. @returns how many witnesses co-signed */
export const cosign = (database: TestDatabase, witness: Witness): Promise<number> =>
  askWitnesses({ database, witnesses: [witness], onError: (error) => expect.fail(String(error)) });
