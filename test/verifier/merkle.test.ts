/** Proofs: the verifier against public vectors, and the writer's proofs against both the verifier and brute force. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  consistencyProof,
  fold,
  inclusionProof,
  rootOf,
  tileWidth,
  type ReadTile,
} from '../../src/accountability/log/tree.js';
import { sha256Tree } from '../../src/accountability/log/tree-hash.js';
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

describe('独立核验程序:RFC 6962 公开的测试向量', () => {
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

  it('形状不对的输入一律判为不成立,从不抛出', () => {
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

describe('全库一棵树:证明与穷举相符', () => {
  const most = 300;
  const leaves = Array.from({ length: most }, (_, index) =>
    createHash('sha256').update(`leaf ${index}`).digest(),
  );
  /** The definition of RFC 6962, section 2.1, word for word. */
  const bruteRoot = (part: readonly Buffer[]): Buffer => {
    const [only] = part;
    if (!only) return createHash('sha256').digest();
    if (part.length === 1) return only;
    let middle = 1;
    while (middle * 2 < part.length) middle *= 2;
    return sha256Tree.node(bruteRoot(part.slice(0, middle)), bruteRoot(part.slice(middle)));
  };
  const read: ReadTile = (level, tile, count) => {
    const hashes =
      level === 0
        ? leaves.slice(tile * tileWidth, tile * tileWidth + count)
        : [fold(Buffer.concat(leaves.slice(0, tileWidth)))].slice(0, count);
    return Promise.resolve(Buffer.concat(hashes));
  };

  it('300 以内的每一对(序号,大小)都能证明,换一个序号、叶子或根就不成立', async function () {
    this.timeout(120_000);
    for (let size = 1; size <= most; size += 1) {
      const root = await rootOf(read, size);
      expect(root.equals(bruteRoot(leaves.slice(0, size))), `root of ${size}`).to.equal(true);
      for (let index = 0; index < size; index += 1) {
        const leafHash = leaves[index] ?? Buffer.alloc(0);
        const claim = { index, size, leafHash, proof: await inclusionProof(read, index, size), root };
        if (!verifyInclusion(claim)) expect.fail(`leaf ${index} of ${size} is not proved`);
        const other = { ...claim, index: (index + 1) % size };
        if (size > 1 && verifyInclusion(other)) expect.fail(`leaf ${index} of ${size} is proved elsewhere`);
      }
    }
  });

  it('300 以内的每一对(旧大小,新大小)都能证明前后一致,换掉旧根就不成立', async function () {
    this.timeout(120_000);
    const roots = await Promise.all(Array.from({ length: most + 1 }, (_, size) => rootOf(read, size)));
    for (let size2 = 1; size2 <= most; size2 += 1) {
      for (let size1 = 1; size1 <= size2; size1 += 1) {
        const [root1, root2] = [roots[size1] ?? Buffer.alloc(0), roots[size2] ?? Buffer.alloc(0)];
        const claim = { size1, size2, root1, root2, proof: await consistencyProof(read, size1, size2) };
        if (!verifyConsistency(claim)) expect.fail(`${size1} to ${size2} is not proved`);
        const forged = { ...claim, root1: roots[size1 - 1] ?? Buffer.alloc(0) };
        if (verifyConsistency(forged)) expect.fail(`${size1} to ${size2} is proved from another root`);
      }
    }
  });
});
