/** Every attack carried out with all rights on a live database, and named by `hotline trail verify`. */
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { expect } from 'chai';
import {
  askWitnesses,
  createTrail,
  sequence,
  signCheckpoint,
  verifyTrail,
  writeManifest,
  type Witness,
} from '../../src/accountability/index.js';
import { growingTiles } from '../../src/accountability/log/growing-tiles.js';
import { ed25519Signer, type Signer } from '../../src/accountability/log/signer.js';
import { latestCheckpoint } from '../../src/accountability/store/checkpoint-store.js';
import { leafHash } from '../../src/accountability/trail/chain.js';
import { movableClock } from '../../src/kernel/index.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';
import { asSuperuser } from '../support/tamper.js';
import { useWitness } from '../support/witness.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const thief = ed25519Signer('test.example/trail', Buffer.alloc(32, 8));
const trail = createTrail(createVault(newKeyRing()));
const clock = movableClock(new Date('2026-03-02T10:00:00+08:00'));

/** Two cases of four entries each, in turn, signed; and the checkpoint that somebody outside has kept. */
async function lived(): Promise<{ readonly database: TestDatabase; readonly kept: string }> {
  const database = await freshDatabase();
  for (let seq = 1; seq <= 4; seq += 1) {
    for (const stream of ['甲', '乙']) await append(database, stream, `${stream}${seq}`);
    await settle(database);
  }
  await writeManifest({ database, clock, trail });
  await settle(database);
  const latest = await database.transaction((transaction) => latestCheckpoint(transaction));
  return { database, kept: latest?.note ?? '' };
}

const append = (database: TestDatabase, stream: string, text: string, at = clock.now()): Promise<unknown> =>
  database.transaction((transaction) =>
    trail.append(transaction, [{ stream, type: 'note', at, body: { text } }]),
  );

async function settle(database: TestDatabase, by: Signer = signer): Promise<void> {
  await sequence(database);
  await signCheckpoint({ database, clock, signer: by });
}

type Statement = readonly [string, ...unknown[]];

const replaced = (text: string, by: string): Statement => [
  `UPDATE trail_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '${text}', '${by}'), 'UTF8')`,
];
const hashed: Statement = [
  "UPDATE trail_entry SET leaf = sha256('\\x00'::bytea || body) WHERE leaf <> sha256('\\x00'::bytea || body)",
];

/** The chain of a stream anew from its stored bodies, with its head. */
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

/** All tiles and checkpoints anew over the entries as they are, signed with the key of the log. */
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
  await asSuperuser(database.url, ...statements, ['DELETE FROM trail_checkpoint']);
  await signCheckpoint({ database, clock, signer: by });
}

async function rewriteAll(database: TestDatabase): Promise<void> {
  await asSuperuser(database.url, replaced('甲2', '甲9'));
  await rechain(database, '甲');
  await rewriteTree(database);
}

let witness: () => Witness;

const attacks: {
  readonly [what: string]: {
    readonly named: readonly string[];
    readonly withNote?: true;
    readonly does: (database: TestDatabase) => Promise<unknown>;
  };
} = {
  改动一条的内容: {
    named: ['edited'],
    does: (database) => asSuperuser(database.url, replaced('甲2', '甲9')),
  },
  '改动一条,连哈希一起改': {
    named: ['edited'],
    does: (database) => asSuperuser(database.url, replaced('甲2', '甲9'), hashed),
  },
  '改动一条,重算整条链': {
    named: ['rechained', 'case-cut'],
    does: async (database) => {
      await asSuperuser(database.url, replaced('甲2', '甲9'));
      await rechain(database, '甲');
    },
  },
  删去一条: {
    named: ['deleted'],
    does: (database) =>
      asSuperuser(database.url, ["DELETE FROM trail_entry WHERE stream = '甲' AND seq = 2"]),
  },
  截去一条链的尾部: {
    named: ['case-cut'],
    does: (database) =>
      asSuperuser(
        database.url,
        ["DELETE FROM trail_entry WHERE stream = '甲' AND seq > 2"],
        [
          "UPDATE trail_head SET seq = 2, leaf = (SELECT leaf FROM trail_entry WHERE stream = '甲' AND seq = 2) WHERE stream = '甲'",
        ],
      ),
  },
  '截去一条链的尾部,连树里的位置': {
    named: ['case-cut'],
    does: (database) =>
      asSuperuser(
        database.url,
        ["DELETE FROM trail_entry WHERE stream = '甲' AND seq > 2"],
        ["DELETE FROM trail_leaf WHERE stream = '甲' AND seq > 2"],
        [
          "UPDATE trail_head SET seq = 2, leaf = (SELECT leaf FROM trail_entry WHERE stream = '甲' AND seq = 2) WHERE stream = '甲'",
        ],
      ),
  },
  截去全库的尾部: {
    named: ['log-cut'],
    does: async (database) => {
      await append(database, '丙', '丙1');
      await settle(database);
      await asSuperuser(
        database.url,
        ["DELETE FROM trail_entry WHERE stream = '丙'"],
        ["DELETE FROM trail_leaf WHERE stream = '丙'"],
        ["DELETE FROM trail_head WHERE stream = '丙'"],
        ['UPDATE trail_log SET size = size - 1'],
      );
    },
  },
  调换两条的位置: {
    named: ['reordered'],
    does: (database) =>
      asSuperuser(
        database.url,
        ["UPDATE trail_leaf SET seq = 1000 WHERE stream = '甲' AND seq = 2"],
        ["UPDATE trail_leaf SET seq = 2 WHERE stream = '甲' AND seq = 3"],
        ["UPDATE trail_leaf SET seq = 3 WHERE stream = '甲' AND seq = 1000"],
      ),
  },
  '重写一切,用偷来的密钥重签': {
    named: ['case-cut', 'rewritten'],
    withNote: true,
    does: async (database) => {
      await rewriteAll(database);
      await append(database, '丙', '丙1');
      await settle(database);
    },
  },
  同样大小的另一本账: { named: ['case-cut', 'two-histories'], withNote: true, does: rewriteAll },
  '联署之后插入一条,日期倒填': {
    named: ['inserted'],
    does: async (database) => {
      await append(database, '丙', '丙1');
      await settle(database);
      const onError = (error: unknown): never => expect.fail(String(error));
      expect(await askWitnesses({ database, witnesses: [witness()], onError })).to.equal(1);
      await append(database, '甲', '甲5', new Date(clock.now().getTime() - 30 * 60_000));
      await settle(database);
      await asSuperuser(database.url);
    },
  },
  换一把密钥重签: {
    named: ['key-swapped'],
    withNote: true,
    does: (database) => rewriteTree(database, thief),
  },
  停用触发器: {
    named: [],
    does: (database) => asSuperuser(database.url),
  },
};

describe('核验数据库里的轨迹', () => {
  witness = useWitness(signer.vkey, () => clock.now());

  it('没有动过的成立,结果留下', async () => {
    const { database, kept } = await lived();
    const verdict = await verifyTrail({ database, clock, kept: [kept] });
    expect(verdict).to.deep.include({ holds: true, findings: [] });
    const rows = await database.transaction((transaction) =>
      transaction.query('SELECT holds FROM hotline.trail_verification'),
    );
    expect(rows).to.deep.equal([{ holds: true }]);
    await database.close();
  });

  for (const [what, { named, does, withNote }] of Object.entries(attacks)) {
    it(`${what}:${named.join('、') || '防护被关掉'}`, async () => {
      const { database, kept } = await lived();
      await does(database);
      const { holds, findings } = await verifyTrail({ database, clock, kept: withNote ? [kept] : [] });
      expect(holds).to.equal(false);
      // All of them switched the triggers off first, and that is said of each.
      const seen = new Set(findings.map(({ attack }) => attack));
      expect([...seen], JSON.stringify(findings)).to.have.members([...named, 'unguarded']);
      await database.close();
    });
  }
});
