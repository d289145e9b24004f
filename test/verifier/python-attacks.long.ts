/**
 * The verifier in Python and `verify.mjs` on bundles of real cases: intact ones, every attack that
 * a bundle can show, flipped bits. Both report the same.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { writeManifest } from '../../src/accountability/index.js';
import { exportTrail } from '../../src/cases/index.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { assemble } from '../../src/main.js';
import { unzip, zip } from '../../verifier/verify.mjs';
import { key, useStory } from '../cases/calendar/story.js';
import { exportedBundle } from '../support/exported-bundle.js';
import { hasPython, pythonVerdicts } from '../support/python-verifier.js';
import { testPremises } from '../support/system.js';
import { attacksIn, flip } from '../support/tamper.js';
import { attacks, clock, cosign, lived, signer, type Attack } from '../support/trail-attacks.js';
import { useWitness } from '../support/witness.js';

interface Bundle {
  readonly what: string;
  readonly bytes: Buffer;
  readonly policy?: string;
}

/** @returns the common reports of both for each bundle */
async function agreed(bundles: readonly Bundle[]): Promise<readonly (readonly string[])[]> {
  const ours = bundles.map(({ bytes, policy }) => attacksIn(bytes, policy).sort());
  const theirs = await pythonVerdicts(bundles);
  const differing = bundles.flatMap(({ what }, at) =>
    String(ours[at]) === String(theirs[at]?.findings) ? [] : [[what, ours[at], theirs[at]?.findings]],
  );
  expect(differing).to.deep.equal([]);
  return ours;
}

const nothing: Attack = { does: () => Promise.resolve() };
const who = {
  requester: '审计员甲',
  purpose: '年度审计',
  exporter: { program: 'hotline test' },
};

describe('Python 的核验程序：数据库受过的每一种攻击', () => {
  let folder = '';
  before(async function () {
    if (!hasPython()) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'hotline-python-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const [what, attack] of Object.entries({ 没有动过: nothing, ...attacks }))
    describe(what, () => {
      const witness = useWitness(signer.vkey, () => clock.now());

      it('两个程序说的相同', async () => {
        const database = await lived();
        await attack.before?.(database);
        await cosign(database, witness());
        await attack.does(database);
        const system = assemble(database, clock, createVault(newKeyRing()), testPremises(folder));
        const file = join(folder, 'bundle.zip');
        const deps = { ...system, signer: attack.by ?? signer };
        await exportTrail(deps, { selection: { stream: '甲' }, format: 'bundle', ...who }, file);
        await database.close();
        const bytes = await readFile(file);
        const policy = `log ${signer.vkey}\nwitness w ${witness().vkey}\nquorum none\n`;
        await agreed([
          { what: '包内的公钥', bytes },
          { what: '自己的公钥', bytes, policy },
        ]);
      });
    });
});

describe('Python 的核验程序：办过的问责案卷', () => {
  const late = '2027-02-01T10:00:00+08:00';
  const { moveTo, complete, system } = useStory(late);
  let bytes: Buffer = Buffer.alloc(0);

  before(async function () {
    if (!hasPython()) this.skip();
    await moveTo(late);
    await complete('Task_Investigate', { investigation: '未办', evidence: '见轨迹' }, '监察员');
    await writeManifest(system());
    bytes = await exportedBundle(system(), signer, { no: key, ...who });
  });

  it('成立；每个文件拿走、改动一位，或者整包翻转一位，两个程序说的相同', async () => {
    expect(await agreed([{ what: '原样', bytes }])).to.deep.equal([[]]);
    const files = unzip(bytes);
    const small = new Map([...files].filter(([name]) => !/^(verifier\/|README)/.test(name)));
    const packed = zip(small);
    // One proof in twenty represents them all.
    const some = [...small].filter(([name], at) => !name.startsWith('proofs/') || at % 20 === 0);
    const changed = some.flatMap(([name, data]): Bundle[] => [
      { what: `没有 ${name}`, bytes: zip(new Map([...small].filter(([other]) => other !== name))) },
      ...[3, 5, 7].map((part) => ({
        what: `${name} 翻转一位`,
        bytes: zip(new Map([...small, [name, flip(data, Math.floor((data.length * 8 * part) / 11))]])),
      })),
    ]);
    const flipped = Array.from({ length: 100 }, (_, at) => ({
      what: `翻转第 ${at} 处`,
      bytes: flip(packed, Math.floor((packed.length * 8 * at) / 100) + (at % 8)),
    }));
    const said = await agreed([...changed, ...flipped]);
    // Parts that prove nothing may be removed: the table of contents of a case's file, the
    // manifest.
    expect(said.filter((one) => one.length === 0).length).to.be.below(said.length / 20);
  }).timeout(600_000);
});
