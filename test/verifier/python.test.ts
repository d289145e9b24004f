/**
 * A verifier in another language, written from docs/trail-format.md alone, reports the same: the
 * page is sufficient.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { before } from 'mocha';
import { packageRoot } from '../../src/kernel/package-root.js';
import { hasPython, pythonOnVectors, pythonVerdicts } from '../support/python-verifier.js';
import type { Verdict } from '../support/trail-vectors/bundles.js';

const folder = join(packageRoot, 'test', 'vectors', 'trail');

describe('照格式一页另写的核验程序（Python）', () => {
  before(function () {
    if (!hasPython()) this.skip();
  });

  it('条目、树、清单、公钥、签名、封存的文字，各步都算得出向量所写的', () => {
    expect(pythonOnVectors(folder)).to.deep.equal([]);
  });

  it('对每一份包说的，是向量里写的', async () => {
    const written = JSON.parse(await readFile(join(folder, 'verdicts.json'), 'utf8')) as readonly Verdict[];
    const asked = await Promise.all(
      written.map(async ({ bundle, policy }) => ({
        bytes: await readFile(join(folder, bundle)),
        policy: policy && (await readFile(join(folder, policy), 'utf8')),
      })),
    );
    const said = await pythonVerdicts(asked);
    expect(written.map((one, at) => ({ ...one, ...said[at] }))).to.deep.equal(written);
  });
});
