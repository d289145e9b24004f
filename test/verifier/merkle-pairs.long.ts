/** The writer's proofs against the verifier and brute force, for every pair up to 300. */
import { createHash } from 'node:crypto';
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

describe('全库一棵树：证明与穷举相符', () => {
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

  it('300 以内的每一对（序号，大小）都能证明，换一个序号、叶子或根就不成立', async function () {
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

  it('300 以内的每一对（旧大小，新大小）都能证明前后一致，换掉旧根就不成立', async function () {
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
