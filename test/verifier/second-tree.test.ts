/** The second tree, with SM3 and SM2: the verifier accepts the writer's output, and names changes to it. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before } from 'mocha';
import {
  rotate,
  sequence,
  signCheckpoint,
  signerSource,
  verifyTrail,
} from '../../src/accountability/index.js';
import { commandSigner } from '../../src/accountability/log/command-signer.js';
import { growingTiles, openTiles, type Tile } from '../../src/accountability/log/growing-tiles.js';
import { growSecondTree } from '../../src/accountability/log/second-tree.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';
import { sm3Tree } from '../../src/accountability/log/tree-hash.js';
import { inclusionProof, rootOf, type ReadTile } from '../../src/accountability/log/tree.js';
import { secondSize } from '../../src/accountability/store/second-tree-store.js';
import { leafHash } from '../../src/accountability/trail/chain.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { sm3 } from '../../verifier/sm3.mjs';
import { growingTree, unzip, verifyBundle, verifyInclusion, zip } from '../../verifier/verify.mjs';
import { exportedBundle } from '../support/exported-bundle.js';
import { refusalFrom } from '../support/refusal.js';
import { useSystem } from '../support/system.js';
import { asSuperuser, attacksIn, flip } from '../support/tamper.js';
import { note } from '../support/note.js';

const main = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const second = sm2Signer('test.example/trail/sm', Buffer.alloc(32, 9));
const other = sm2Signer('test.example/trail/sm', Buffer.alloc(32, 10));
const signer = { ...main, second };

describe('国密：第二棵树（SM3）', () => {
  it('一片一片长大，根和每个证明都与核验程序的相同', async () => {
    const leaves = Array.from({ length: 600 }, (_, index) => sm3Tree.leaf(Buffer.from(`条目 ${index}`)));
    const kept = new Map<string, Tile>();
    const read: ReadTile = (level, tile, count) =>
      Promise.resolve((kept.get(`${level}/${tile}`)?.hashes ?? Buffer.alloc(0)).subarray(0, count * 32));
    const expected = growingTree(sm3);
    let size = 0;
    for (const end of [1, 2, 3, 100, 255, 256, 257, 511, 513, 600]) {
      const tiles = await openTiles(size, read, sm3Tree);
      for (const leaf of leaves.slice(size, end)) {
        tiles.add(leaf);
        expected.add(leaf);
      }
      for (const tile of tiles.takeChanged()) kept.set(`${tile.level}/${tile.tile}`, tile);
      size = end;
      const root = await rootOf(read, size, sm3Tree);
      expect(root.equals(expected.root()), `root of ${size}`).to.equal(true);
      for (let index = 0; index < size; index += 1 + (size >> 5)) {
        const proof = await inclusionProof(read, index, size, sm3Tree);
        const claim = { index, size, leafHash: leaves[index] ?? Buffer.alloc(0), proof, root };
        expect(verifyInclusion(claim, sm3), `leaf ${index} of ${size}`).to.equal(true);
        expect(verifyInclusion(claim), 'by SHA-256 it is not proved').to.equal(size === 1);
      }
    }
    expect(growingTiles(0, [], sm3Tree).takeChanged()).to.deep.equal([]);
  });
});

describe('国密：审计包和数据库', () => {
  const system = useSystem({ shipped: false });
  const write = (stream: string, text: string) =>
    system().database.transaction((transaction) =>
      system().trail.append(transaction, [note(stream, system().clock.now(), text)]),
    );
  const exported = (by: typeof signer | typeof main = signer) =>
    exportedBundle(system(), by, { no: '甲', requester: '审计员甲', purpose: '年度审计' });
  const own = (...vkeys: string[]): string => `${vkeys.map((vkey) => `log ${vkey}\n`).join('')}quorum none\n`;
  const verified = () => verifyTrail(system());
  const size = () => system().database.transaction(secondSize);

  it('没有启用的，没有第二棵树，包里也没有', async () => {
    await write('甲', '一');
    const bytes = await exported(main);
    expect([...unzip(bytes).keys()].filter((name) => name.startsWith('sm/'))).to.deep.equal([]);
    expect(await size()).to.equal(0);
    expect(attacksIn(bytes)).to.deep.equal([]);
    expect(attacksIn(bytes, own(main.vkey, second.vkey)), 'who asks for it').to.deep.equal(['unproved']);
  });

  it('后来启用的，从第一条补起；包里两样证明都有，用自己的两把公钥也核得过', async () => {
    await write('甲', '二');
    const bytes = await exported();
    const files = unzip(bytes);
    expect(files.get('sm/checkpoint')?.toString()).to.match(/^test\.example\/trail\/sm\n/);
    const proofs = (prefix: string) => [...files.keys()].filter((name) => name.startsWith(prefix)).length;
    expect(proofs('sm/proofs/')).to.equal(proofs('proofs/')).and.be.at.least(2);
    for (const policy of [undefined, own(main.vkey), own(main.vkey, second.vkey)]) {
      const { findings, facts } = verifyBundle(bytes, policy);
      expect(findings).to.deep.equal([]);
      expect(facts.join()).to.include('国密：SM2 签名、SM3 的树');
    }
    expect(verifyBundle(bytes, own(main.vkey)).facts.join()).to.include('国密的公钥没有与自己保存的核对');
    expect(attacksIn(bytes, own(main.vkey, other.vkey))).to.deep.equal(['key-swapped']);
    const { holds, facts } = await verified();
    expect(holds).to.equal(true);
    expect(facts.join()).to.match(/国密的树（SM3）\d+ 条，检查点 \d+ 个，现由 test\.example/);
  });

  it('国密的检查点、证明翻转一位，都不成立；只去掉一部分也不成立', async () => {
    const packed = (some: readonly { name: string; data: Buffer }[]): Buffer =>
      zip(new Map(some.map(({ name, data }) => [name, data])));
    const files = [...unzip(await exported())].map(([name, data]) => ({ name, data }));
    for (const file of files.filter(({ name }) => name.startsWith('sm/'))) {
      const stride = file.name === 'sm/checkpoint' ? 5 : 41;
      for (let bit = 0; bit < file.data.length * 8; bit += stride) {
        const changed = { ...file, data: flip(file.data, bit) };
        if (attacksIn(packed(files.map((one) => (one === file ? changed : one)))).length === 0)
          expect.fail(`bit ${bit} of ${file.name} may be flipped`);
      }
    }
    const without = (prefix: string) => packed(files.filter(({ name }) => !name.startsWith(prefix)));
    for (const prefix of ['sm/checkpoint', 'sm/proofs', 'sm/'])
      expect(attacksIn(without(prefix)), prefix).to.include('damaged');
  }).timeout(120_000);

  it('换了密钥的不签；两把都签了更换的条目之后才签，只认旧公钥的也核得过', async () => {
    await write('甲', '三');
    const moved = { ...main, second: other };
    expect(await refusalFrom(exported(moved))).to.include({ code: 'trail.key' });
    expect(await refusalFrom(rotate(system(), main, second))).to.include({ code: 'trail.key' });
    await rotate(system(), second, other);
    const bytes = await exported(moved);
    expect(attacksIn(bytes)).to.deep.equal([]);
    expect(attacksIn(bytes, own(main.vkey, second.vkey))).to.deep.equal([]);
    expect((await verified()).holds).to.equal(true);
    await rotate(system(), other, second);
    await exported();
  });

  it('改了一条、重算了链和 SHA-256 的树、重签了名的，国密的树指出来', async () => {
    const { database } = system();
    const [row] = await database.transaction((transaction) =>
      transaction.query<{ body: Buffer; index: number }>(
        `SELECT body, index FROM hotline.trail_entry JOIN hotline.trail_leaf USING (stream, seq)
          WHERE stream = '甲' ORDER BY seq DESC LIMIT 1`,
      ),
    );
    const index = row?.index ?? 0;
    const body = Buffer.from(row?.body.toString().replace('三', '叁') ?? '');
    await asSuperuser(
      database.url,
      ["UPDATE trail_entry SET body = $1, leaf = $2 WHERE stream = '甲' AND seq = 3", body, leafHash(body)],
      ["UPDATE trail_head SET leaf = $1 WHERE stream = '甲'", leafHash(body)],
      // The first tree's tiles are rewritten consistently, so only the second tree shows the
      // change.
      [
        `UPDATE trail_tile SET hashes = overlay(hashes PLACING $1 FROM ${(index % 256) * 32 + 1})
          WHERE level = 0 AND tile = ${Math.floor(index / 256)}`,
        leafHash(body),
      ],
      ['DELETE FROM trail_checkpoint'],
    );
    await signCheckpoint({ ...system(), signer });
    const { findings } = await verified();
    expect(findings.map(({ attack }) => attack)).to.include('rechained');
    expect(
      verifyBundle(await exported())
        .findings.map(({ message }) => message)
        .join(),
    ).to.include('与国密的树所签的不符');
  });

  it('缺了一条的，第二棵树不往下长：不让别的顶它的位置', async () => {
    await write('乙', '一');
    await write('乙', '二');
    const { database } = system();
    await signCheckpoint({ ...system(), signer: main });
    const before = await size();
    await sequence(database);
    await asSuperuser(database.url, ["DELETE FROM trail_entry WHERE stream = '乙' AND seq = 1"]);
    const outcome = await growSecondTree(database).then(
      () => 'grown',
      (error: Error) => error.message,
    );
    expect(outcome).to.match(/缺 1 条，先核验轨迹/);
    expect(await size()).to.equal(before);
  });
});

describe('国密：签名的来源', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-sm-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const command = (algorithm: string, secret: number): string => {
    const program = join(packageRoot, 'test', 'support', 'signing-command.ts');
    const bytes = Buffer.alloc(32, secret).toString('hex');
    return `${process.execPath} --import tsx ${program} ${algorithm} ${bytes}`;
  };

  it('没有设的没有；HOTLINE_LOG_SM2=on 的，首次生成密钥文件，只有所有者可读，以后是同一把', async () => {
    expect(await signerSource(folder, {})()).to.have.property('second', undefined);
    const on = { HOTLINE_LOG_SM2: 'on' };
    const made = await signerSource(folder, on)();
    expect(made.second?.name).to.equal(`${made.name}/sm`);
    expect((await stat(join(folder, 'keys', 'trail-sm2.key'))).mode & 0o777).to.equal(0o600);
    expect((await signerSource(folder, on)()).second?.vkey).to.equal(made.second?.vkey);
  });

  it('签名命令（国密模块）代替密钥文件：SM2 和 Ed25519 都行；给错种类的、签得不对的拒绝', async () => {
    const environment = { HOTLINE_LOG_SM2_SIGNER: command('sm2', 3) };
    const source = await signerSource(folder, environment)();
    expect(source.second?.vkey).to.equal(sm2Signer('module.example/trail', Buffer.alloc(32, 3)).vkey);
    const signature = await source.second?.sign(Buffer.from('签'));
    expect(signature).to.have.length(64);
    const classic = await commandSigner(command('ed25519', 3));
    expect(classic.vkey).to.equal(ed25519Signer('module.example/trail', Buffer.alloc(32, 3)).vkey);
    expect(await refusalFrom(commandSigner(command('ed25519', 3), 'sm2'))).to.include({ code: 'trail.key' });
  }).timeout(30_000);
});
