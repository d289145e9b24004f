/**
 * The vectors of docs/trail-format.md: the real program still writes the same bytes, and the
 * verifier gives the recorded report for each bundle. `VECTORS=write npx mocha
 * test/verifier/vectors.test.ts` writes them anew.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { before } from 'mocha';
import { packageRoot } from '../../src/kernel/package-root.js';
import { checked, unzip, verifyBundle } from '../../verifier/verify.mjs';
import { useDatabase } from '../support/database.js';
import { bundlesOf, policies, verdicts, type Verdict } from '../support/trail-vectors/bundles.js';
import { parts } from '../support/trail-vectors/parts.js';
import { tellStory, type Story } from '../support/trail-vectors/story.js';

const folder = join(packageRoot, 'test', 'vectors', 'trail');
const isWriting = process.env['VECTORS'] === 'write';

describe('轨迹格式的测试向量', () => {
  const database = useDatabase();
  let story: Story;
  let files: ReadonlyMap<string, Buffer | string>;

  before(async () => {
    story = await tellStory(database());
    const bundles = bundlesOf(story);
    files = new Map<string, Buffer | string>([
      ...(await parts()),
      ...[...story.log].map(([name, data]) => [`log/${name}`, data] as const),
      ...[...policies()].map(([name, text]) => [`policies/${name}`, text] as const),
      ...[...bundles].map(([name, data]) => [`bundles/${name}.zip`, data] as const),
      ['verdicts.json', `${JSON.stringify(verdicts(bundles), null, 2)}\n`],
    ]);
    if (!isWriting) return;
    for (const name of await readdir(folder))
      if (name !== 'README.md') await rm(join(folder, name), { recursive: true });
    for (const [name, data] of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), data);
    }
  });

  const kept = (name: string): Promise<Buffer> => readFile(join(folder, name));

  it('程序写出的仍是同样的字节；SM2 的签名每次不同，只比其余的', async () => {
    for (const [name, data] of files) {
      if (/^bundles\/(sm|with-sm)/.test(name)) {
        const [ours, theirs] = [unzip(Buffer.from(data)), unzip(await kept(name))];
        expect([...ours.keys()], name).to.deep.equal([...theirs.keys()]);
        for (const [inside, content] of ours)
          expect(unsigned(content), `${inside} of ${name}`).to.equal(unsigned(theirs.get(inside)));
      } else expect(Buffer.from(data).equals(await kept(name)), name).to.equal(true);
    }
    const present = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    expect(present.sort()).to.deep.equal([...files.keys(), 'README.md'].sort());
  });

  it('核验程序对每一份包说的，是向量里写的', async () => {
    const written = JSON.parse((await kept('verdicts.json')).toString()) as readonly Verdict[];
    for (const { bundle, policy, state, findings } of written) {
      const own = policy === undefined ? undefined : (await kept(policy)).toString();
      const bytes = await kept(bundle);
      const said = checked(() => verifyBundle(bytes, own));
      const attacks = said.findings.map(({ attack }) => attack).sort();
      expect([said.verdict?.state, attacks], `${bundle} ${policy ?? ''}`).to.deep.equal([state, findings]);
    }
  });
});

/** Without the signature by SM2. */
const unsigned = (content: Buffer | undefined): string =>
  String(content).replaceAll(/^(— test\.example\/trail\/sm ).*$/gm, '$1');
