/** What manifest, witnesses and key rotations add to a bundle: completeness, time, and the right signer. */
import { expect } from 'chai';
import { askWitnesses, rotate, sequence, writeManifest } from '../../src/accountability/index.js';
import { recordShippedPolicies } from '../../src/cases/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import type { Signer } from '../../src/accountability/log/signer.js';
import { publicKey } from '../../src/accountability/log/vkey.js';
import { leafHash } from '../../src/accountability/trail/chain.js';
import { unzip, verifyBundle, zip } from '../../verifier/verify.mjs';
import { exportedBundle } from '../support/exported-bundle.js';
import { refusalFrom } from '../support/refusal.js';
import { useSystem } from '../support/system.js';
import { asSuperuser, attacksIn } from '../support/tamper.js';
import { useWitness } from '../support/witness.js';
import type { NewEntry } from '../../src/accountability/events/index.js';
import { note } from '../support/note.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const next = ed25519Signer('test.example/trail', Buffer.alloc(32, 9));
/** A witness that has co-signed nothing. */
const absent = publicKey('witness.example/v', 'cosignature', Buffer.alloc(32, 3)).vkey;
const minutes = 60_000;

describe('审计包：完整、见证、换钥', () => {
  const system = useSystem();
  const witness = useWitness(signer.vkey, () => system().clock.now());
  before(() => recordShippedPolicies(system()));
  const onError = (error: unknown): never => expect.fail(String(error));
  const ask = () => askWitnesses({ ...system(), witnesses: [witness()], onError });

  const append = (entry: NewEntry): Promise<unknown> =>
    system().database.transaction((transaction) => system().trail.append(transaction, [entry]));
  const write = (stream: string, at = system().clock.now()) => append(note(stream, at));
  const exported = (
    no: string,
    { by = signer, witnessed = false }: { by?: Signer; witnessed?: boolean } = {},
  ) =>
    exportedBundle(
      system(),
      by,
      { no, requester: '审计员甲', purpose: '年度审计' },
      witnessed ? ask : undefined,
    );
  const manifest = async (): Promise<void> => {
    await sequence(system().database);
    expect(await writeManifest(system())).to.equal('written');
  };
  const factsOf = (bytes: Buffer, policy?: string): string => verifyBundle(bytes, policy).facts.join('\n');

  const seenIn = (bytes: Buffer) => verifyBundle(bytes).seen.listed;

  it('每次导出先写一份清单：导出的每一条都在其内，清单之前有没有那条链都一样', async () => {
    await write('全');
    await manifest();
    await write('全');
    for (const stream of ['全', '!', '全全', '\u{10ffff}']) {
      await write(stream);
      const bytes = await exported(stream);
      expect(attacksIn(bytes), stream).to.deep.equal([]);
      expect(seenIn(bytes), stream).to.include({ after: 0 });
    }
  });

  it('谎称清单里没有这条链，或者把清单换成别的：不成立', async () => {
    await write('谎');
    await manifest();
    const files = unzip(await exported('谎'));
    const packed = (changes: { readonly [name: string]: string }): Buffer =>
      zip(new Map([...files].map(([name, data]) => [name, Buffer.from(changes[name] ?? data)])));
    const lines = (files.get('manifest-streams.jsonl') ?? '').toString().trimEnd().split('\n');
    const claims = lines.map((line) => JSON.parse(line) as { stream: string });
    const [one, other] = claims;
    const denied = claims.map((claim) =>
      claim.stream === '谎'
        ? { stream: '谎', length: 0, before: claim === one ? other : one, after: undefined }
        : claim,
    );
    const text = denied.map((claim) => `${JSON.stringify(claim)}\n`).join('');
    expect(attacksIn(packed({ 'manifest-streams.jsonl': text }))).to.deep.equal(['unproved']);
    expect(attacksIn(packed({ 'manifest-streams.jsonl': `${lines[0] ?? ''}\n`.repeat(2) }))).to.deep.equal([
      'damaged',
    ]);
    const changed = (files.get('manifest.json') ?? '').toString().replace(/"size":\d+/, '"size":1');
    expect(attacksIn(packed({ 'manifest.json': changed }))).to.deep.equal(['edited']);
  });

  it('没有见证人的说“已签名”，有的说“已见证”；核验人的公钥文件要求见证而没有，不成立', async () => {
    await write('见');
    const policy = `log ${signer.vkey}\nwitness w ${witness().vkey}\nquorum w\n`;
    const signed = await exported('见');
    expect(factsOf(signed)).to.include('已签名，没有见证人联署');
    expect(attacksIn(signed, policy)).to.deep.equal(['unwitnessed']);
    const witnessed = await exported('见', { witnessed: true });
    expect(attacksIn(witnessed)).to.deep.equal([]);
    expect(attacksIn(witnessed, policy)).to.deep.equal([]);
    expect(factsOf(witnessed, policy)).to.include('已见证：witness.example/w 于 2026-03-02T02:00:00.000Z');
    const two = `${policy.replace('quorum w', '')}witness v ${absent}\ngroup both all w v\nquorum both\n`;
    expect(attacksIn(witnessed, two)).to.deep.equal(['unwitnessed']);
    expect(attacksIn(witnessed, two.replace('both all', 'both 1'))).to.deep.equal([]);
    for (const wrong of ['quorum x\n', `quorum none\nquorum none\n`, 'group g all w w\nquorum g\n', ''])
      expect(attacksIn(witnessed, `log ${signer.vkey}\nwitness w ${witness().vkey}\n${wrong}`)).to.deep.equal(
        ['damaged'],
      );
  });

  it('联署之后插入的条目倒填日期：点名插入；写明何时记下的是补记，照样标出', async () => {
    await write('迟');
    await exported('迟', { witnessed: true });
    const old = system().clock.now();
    system().clock.moveTo(new Date(old.getTime() + 30 * minutes));
    await write('别');
    await exported('别', { witnessed: true });
    const before = new Date(old.getTime() - 10 * minutes);
    const recordedAt = system().clock.now().toISOString();
    await append({
      stream: '迟',
      type: 'caller-secret.issued',
      at: before,
      body: { recordedAt, provisions: ['art15'] },
    });
    const honest = await exported('迟', { witnessed: true });
    expect(attacksIn(honest)).to.deep.equal([]);
    expect(factsOf(honest)).to.include('补记 1 条');
    await write('迟', before);
    expect(attacksIn(await exported('迟', { witnessed: true }))).to.deep.equal(['inserted']);
  });

  it('清单之后截去链尾，连树里的位置和链头一起改：点名截尾', async () => {
    for (let count = 0; count < 3; count += 1) await write('截');
    await manifest();
    const [kept] = await system().database.transaction((transaction) =>
      transaction.query<{ leaf: Buffer }>(
        "SELECT leaf FROM hotline.trail_entry WHERE stream = '截' AND seq = 2",
      ),
    );
    await asSuperuser(
      system().database.url,
      ["DELETE FROM trail_entry WHERE stream = '截' AND seq = 3"],
      ["DELETE FROM trail_leaf WHERE stream = '截' AND seq = 3"],
      ["UPDATE trail_head SET seq = 2, leaf = $1 WHERE stream = '截'", kept?.leaf],
    );
    expect(attacksIn(await exported('截'))).to.deep.equal(['case-cut']);
  });

  it('清单与链不符的，那份清单留作凭据，不写新的：清单里没有的链、其后的条目，如实说明', async () => {
    await sequence(system().database);
    expect(await writeManifest(system())).to.equal('contradicted');
    await write('全');
    expect(seenIn(await exported('全'))).to.include({ after: 1 });
    // Streams that sort before, between and after all names in the manifest.
    for (const stream of ['!!', '全全全', '\u{10ffff}\u{10ffff}']) {
      await write(stream);
      const bytes = await exported(stream);
      expect(attacksIn(bytes), stream).to.deep.equal([]);
      expect(seenIn(bytes), stream).to.include({ after: 1 });
    }
  });

  it('换密钥：新旧两把都签的条目把信任传下去，只认旧密钥的人也核得过；没有这一条，程序不肯用新的签', async () => {
    await write('钥');
    expect(await refusalFrom(exported('钥', { by: next }))).to.include({ code: 'trail.key' });
    expect(
      await refusalFrom(rotate(system(), signer, ed25519Signer('other', Buffer.alloc(32, 9)))),
    ).to.include({
      code: 'trail.key',
    });
    await rotate(system(), signer, next);
    const bytes = await exported('钥', { by: next });
    expect(unzip(bytes).get('checkpoint')?.toString()).to.include(
      `— test.example/trail ${next.keyId.toString('base64').slice(0, 5)}`,
    );
    const old = `log ${signer.vkey}\nquorum none\n`;
    expect(attacksIn(bytes)).to.deep.equal([]);
    expect(attacksIn(bytes, old)).to.deep.equal([]);
    expect(await refusalFrom(exported('钥')), 'the old key is done').to.include({ code: 'trail.key' });
    // A rotation that the old key has not signed leads nowhere.
    await asSuperuser(system().database.url, [
      `UPDATE trail_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), $1, $2), 'UTF8') WHERE stream = 'keys'`,
      '"signedByOld":"',
      '"signedByOld":"AAAA',
    ]);
    const [forged] = await system().database.transaction((transaction) =>
      transaction.query<{ body: Buffer }>("SELECT body FROM hotline.trail_entry WHERE stream = 'keys'"),
    );
    const files = unzip(bytes);
    const lines = files.get('entries.jsonl')?.toString() ?? '';
    expect(forged?.body && leafHash(forged.body)).to.have.length(32);
    const replaced = lines.replace(/.*key\.rotated.*/, forged?.body.toString() ?? '');
    files.set('entries.jsonl', Buffer.from(replaced));
    expect(attacksIn(zip(files), old)).to.deep.equal(['key-swapped']);
  });
});
