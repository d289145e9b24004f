/** Compares a bundle with a checkpoint that the auditor kept; a comparison that lacks a file says which. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { packageRoot } from '../../src/kernel/package-root.js';
import { unzip } from '../../verifier/verify.mjs';
import { signers } from '../support/trail-vectors/log.js';

const bundles = join(packageRoot, 'test', 'vectors', 'trail', 'bundles');
const [earlier, later] = ['holds', 'inserted'].map((name) => join(bundles, `${name}.zip`));

describe('核验审计包：与留存的检查点比', () => {
  let folder = '';
  let kept = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-kept-'));
    kept = join(folder, 'kept');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const verify = (...parameters: string[]) => {
    const program = join(packageRoot, 'verifier', 'verify.mjs');
    const { status, stdout } = spawnSync(process.execPath, [program, ...parameters, '--json'], {
      encoding: 'utf8',
    });
    const { facts, findings } = JSON.parse(stdout) as {
      facts: string[];
      findings: { attack: string; detail: string }[];
    };
    return { status, facts: facts.join('\n'), findings };
  };
  const keep = async (bundle = '') =>
    writeFile(kept, unzip(await readFile(bundle)).get('checkpoint') ?? Buffer.alloc(0));
  const attacks = (bundle = ''): string[] =>
    verify(bundle, '--kept', kept).findings.map(({ attack }) => attack);

  it('同样大小的比根；包里的更小是回放；更早留存的，说明要用全库比', async () => {
    await keep(earlier);
    expect(verify(earlier ?? '', '--kept', kept)).to.deep.include({ status: 0, findings: [] });
    expect(verify(earlier ?? '', '--kept', kept).facts).to.include('与包里同样大小的相同');
    await keep(later);
    expect(attacks(earlier)).to.deep.equal(['replayed']);
    const { note } = {
      note:
        unzip(await readFile(earlier ?? ''))
          .get('checkpoint')
          ?.toString() ?? '',
    };
    const size = Number(note.split('\n')[1]);
    const sign = async (by: typeof signers.next, leaves: number): Promise<void> => {
      const text = `${by.name}\n${leaves}\n${Buffer.alloc(32, 1).toString('base64')}\n`;
      const signature = Buffer.concat([by.keyId, await by.sign(Buffer.from(text))]);
      await writeFile(kept, `${text}\n— ${by.name} ${signature.toString('base64')}\n`);
    };
    await sign(signers.next, size);
    expect(attacks(earlier)).to.deep.equal(['two-histories']);
    await sign(signers.thief, size);
    expect(attacks(earlier)).to.deep.equal(['key-swapped']);
    await sign(signers.next, 1);
    expect(verify(earlier ?? '', '--kept', kept).facts).to.include('要用全库的文件夹 compare');
  });

  it('比对的文件夹里没有公钥文件、没有所给的文件：说明缺哪一个，怎么办', async () => {
    await keep(earlier);
    const { status, findings } = verify('compare', kept, kept);
    expect(status).to.equal(2);
    expect(findings[0]?.detail).to.include(folder).and.include('--policy').and.not.include('ENOENT');
    const missing = verify(join(folder, 'nothing.zip'));
    expect(missing.status).to.equal(3);
    expect(missing.findings[0]?.detail).to.equal(`没有这个文件：${join(folder, 'nothing.zip')}`);
  });
});
