/** A small bundle with one flipped bit, for one bit in three: none of them is valid. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { askWitnesses } from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { deploy } from '../../src/engine/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { unzip, zip } from '../../verifier/verify.mjs';
import { exportedBundle } from '../support/exported-bundle.js';
import { attacksIn, flip } from '../support/tamper.js';
import { useWitness } from '../support/witness.js';
import { limitedProcess } from '../support/limited-process.js';
import { handlersOf, useSystem } from '../support/system.js';
import { note, noteOnCase } from '../support/note.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const empty = Buffer.alloc(0);

describe('审计包：翻转一位', () => {
  const system = useSystem({ shipped: false, handlers: handlersOf({ card: () => ({}) }) });
  const witness = useWitness(signer.vkey, () => system().clock.now());
  const { stackTraceLimit } = Error;
  after(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it('翻转包里任何一位，都不成立', async function () {
    this.timeout(600_000);
    await deploy({ ...system(), journal: system().trail }, limitedProcess);
    const at = system().clock.now();
    await system().executor.execute([
      { kind: 'start', businessKey: '小', process: 'limited', realm: 'live', at },
    ]);
    const order = { no: '小', requester: '审计员甲', purpose: '年度审计' };
    const onError = (error: unknown): never => expect.fail(String(error));
    const ask = () => askWitnesses({ ...system(), witnesses: [witness()], onError });
    // The second bundle also holds the checkpoint that was witnessed for the first.
    await exportedBundle(system(), signer, order, ask);
    await noteOnCase(system(), '小', [note('小', at)]);
    const bytes = await exportedBundle(system(), signer, order, ask);
    expect([...unzip(bytes).keys()].some((name) => name.startsWith('witnessed/'))).to.equal(true);
    const folder = await mkdtemp(join(tmpdir(), 'hotline-bundle-'));
    try {
      const file = join(folder, 'bundle.zip');
      const run = (...more: string[]) =>
        spawnSync(process.execPath, [join(packageRoot, 'verifier', 'verify.mjs'), file, ...more], {
          encoding: 'utf8',
        });
      await writeFile(file, bytes);
      expect(run()).to.include({ status: 0 });
      expect(JSON.parse(run('--json').stdout)).to.deep.include({ holds: true, findings: [] });
      await writeFile(file, flip(bytes, bytes.length * 4));
      expect(run().stdout).to.include('结论：判断不了：损坏');
      expect(run()).to.include({ status: 3 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    // Hundreds of thousands of findings, whose stack traces nobody reads.
    Error.stackTraceLimit = 0;
    const refused = (flipped: Buffer, what: string) => {
      if (attacksIn(flipped).length === 0) expect.fail(`${what} may be flipped`);
    };
    const files = unzip(bytes);
    // Copies of the verifier are three quarters of a bundle, and nothing depends on them: emptied,
    // the bundle is small, and every third bit is flipped: another three in each byte.
    const bare = new Map([...files].map(([name, data]) => [name, /^verifier/.test(name) ? empty : data]));
    const small = zip(bare);
    expect(attacksIn(small)).to.deep.equal([]);
    for (let bit = 0; bit < small.length * 8; bit += 3)
      refused(flip(small, bit), `bit ${bit} of a small bundle`);
    for (let bit = 0; bit < bytes.length * 8; bit += 997)
      refused(flip(bytes, bit), `bit ${bit} of the bundle`);
    // The same by an attacker who repacks it, so that checksums do not help: flips every bit of
    // what is signed or names a key and, to save time, one bit in eleven of the rest.
    for (const [name, data] of files) {
      if (!/^(policy|checkpoint|entries|proofs|manifest|witnessed)/.test(name)) continue;
      const stride = /^(policy|checkpoint)/.test(name) ? 1 : 11;
      for (let bit = 0; bit < data.length * 8; bit += stride)
        refused(zip(new Map([...bare, [name, flip(data, bit)]])), `bit ${bit} of ${name}`);
    }
  });
});
