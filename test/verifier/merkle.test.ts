/** Proofs: the verifier against public vectors, and the writer's proofs against both the verifier and brute force. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyConsistency, verifyInclusion } from '../../verifier/verify.mjs';
import { shared } from '../support/shared.js';

interface Vector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly leafHash: string | null;
  readonly root: string | null;
  readonly size1: number;
  readonly size2: number;
  readonly root1: string | null;
  readonly root2: string | null;
  readonly proof: readonly string[] | null;
  readonly wantErr: boolean;
}

const bytes = (text: string | null): Buffer => Buffer.from(text ?? '', 'base64');

describe('独立核验程序：RFC 6962 公开的测试向量', () => {
  for (const [kind, least] of [
    ['inclusion', 90],
    ['consistency', 80],
  ] as const) {
    it(`${kind === 'inclusion' ? '包含证明' : '一致性证明'}的每一个向量都判断正确`, async function () {
      const folder = shared(this, join('vectors', 'rfc6962', kind));
      const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
      expect(files.length).to.be.at.least(least);
      for (const file of files) {
        const vector = JSON.parse(await readFile(join(folder, file), 'utf8')) as Vector;
        const proof = (vector.proof ?? []).map(bytes);
        const holds =
          kind === 'inclusion'
            ? verifyInclusion({
                index: vector.leafIdx,
                size: vector.treeSize,
                leafHash: bytes(vector.leafHash),
                proof,
                root: bytes(vector.root),
              })
            : verifyConsistency({
                size1: vector.size1,
                size2: vector.size2,
                root1: bytes(vector.root1),
                root2: bytes(vector.root2),
                proof,
              });
        expect(holds, file).to.equal(!vector.wantErr);
      }
    });
  }

  it('形状不对的输入一律判为不成立，从不抛出', () => {
    const hash = Buffer.alloc(32);
    const odd: readonly unknown[] = [undefined, null, -1, 0.5, 'x', {}, [], 2 ** 60, Buffer.alloc(31), [[]]];
    const right = { index: 0, size: 1, leafHash: hash, proof: [], root: hash };
    const also = { size1: 1, size2: 1, root1: hash, root2: hash, proof: [] };
    const short = Buffer.alloc(31);
    expect([verifyInclusion(right), verifyConsistency(also)]).to.deep.equal([true, true]);
    for (const value of odd) {
      expect(verifyInclusion(value as never)).to.equal(false);
      expect(verifyConsistency(value as never)).to.equal(false);
      for (const key of Object.keys(right)) {
        if (key === 'proof' && Array.isArray(value) && value.length === 0) continue;
        expect(verifyInclusion({ ...right, [key]: value }), `${key} ${String(value)}`).to.equal(false);
      }
      for (const key of Object.keys(also)) {
        if (key === 'proof' && Array.isArray(value) && value.length === 0) continue;
        expect(verifyConsistency({ ...also, [key]: value }), `${key} ${String(value)}`).to.equal(false);
      }
    }
    expect(verifyConsistency({ ...also, size2: 2, root1: short, proof: [hash] })).to.equal(false);
  });
});
