/** The tree against the definition of RFC 6962, section 2.1, for sizes around every edge of a tile. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  consistencyProof,
  inclusionProof,
  rootOf,
  rootOfPath,
  tileWidth,
  type KnownRanges,
  type ReadTile,
} from '../../../src/accountability/log/tree.js';
import { sha256Tree } from '../../../src/accountability/log/tree-hash.js';
import { verifyConsistency, verifyInclusion } from '../../../verifier/verify.mjs';

const leaves: readonly Buffer[] = Array.from({ length: 65_800 }, (_, index) =>
  createHash('sha256').update(`leaf ${index}`).digest(),
);

/** Word for word: k is the largest power of two smaller than the number of leaves. */
function defined(from: number, to: number): Buffer {
  const [only] = leaves.slice(from, to);
  if (!only) return createHash('sha256').digest();
  if (to - from === 1) return only;
  let k = 1;
  while (k * 2 < to - from) k *= 2;
  return sha256Tree.node(defined(from, from + k), defined(from + k, to));
}

/** Tiles as they are kept: level 0 the leaves, above it the roots of full tiles. */
const levels: (readonly Buffer[])[] = [leaves];
for (let width = tileWidth; width <= leaves.length; width *= tileWidth)
  levels.push(
    Array.from({ length: Math.floor(leaves.length / width) }, (_, at) =>
      defined(at * width, (at + 1) * width),
    ),
  );
const reads: string[] = [];
const read: ReadTile = (level, tile, count) => {
  reads.push(`${level}/${tile}`);
  const hashes = levels[level]?.slice(tile * tileWidth, tile * tileWidth + count) ?? [];
  if (hashes.length < count) throw new Error(`tile ${level}/${tile} has no ${count} hashes`);
  return Promise.resolve(Buffer.concat(hashes));
};

const leafAt = (index: number): Buffer => leaves[index] ?? Buffer.alloc(0);
const sizes = [...Array.from({ length: 18 }, (_, size) => size + 1), 255, 256, 257, 511, 512, 513, 65_793];
const placesIn = (size: number): readonly number[] =>
  size < 20
    ? Array.from({ length: size }, (_, index) => index)
    : [0, 1, 254, 255, 256, 257, size - 2, size - 1].filter((index) => index < size);

describe('全库一棵树（RFC 6962）', () => {
  it('任何大小的根都是标准所定义的，一片的边上也是；空树的根是空串的散列', async () => {
    for (const size of [0, ...sizes])
      expect((await rootOf(read, size)).equals(defined(0, size)), `root of ${size}`).to.equal(true);
  });

  it('每一条的路径引到根，右缘上的也引到；独立的核验程序也这样认', async () => {
    for (const size of sizes) {
      const root = defined(0, size);
      for (const index of placesIn(size)) {
        const path = await inclusionProof(read, index, size);
        const claim = { index, size, path };
        expect(rootOfPath(leafAt(index), claim)?.equals(root), `${index} of ${size}`).to.equal(true);
        const proved = verifyInclusion({ index, size, leafHash: leafAt(index), proof: path, root });
        expect(proved, `verifier: ${index} of ${size}`).to.equal(true);
      }
    }
  });

  it('路径短了的引不到根；换了序号的引到别的根', async () => {
    for (const size of [2, 3, 6, 7, 13]) {
      const root = defined(0, size);
      for (const index of placesIn(size)) {
        const path = await inclusionProof(read, index, size);
        const short = rootOfPath(leafAt(index), { index, size, path: path.slice(0, -1) });
        expect(short, `${index} of ${size}`).to.equal(undefined);
        const moved = rootOfPath(leafAt(index), { index: (index + 1) % size, size, path });
        expect(moved?.equals(root) ?? false, `${index} of ${size}, moved`).to.equal(false);
      }
    }
    expect(rootOfPath(leafAt(0), { index: 0, size: 1, path: [] })?.equals(leafAt(0))).to.equal(true);
  });

  it('旧树是新树的开头：每一对大小都证明得了，旧根换了就不成立', async () => {
    for (const size2 of [...sizes.slice(0, 18), 256, 257, 513])
      for (const size1 of placesIn(size2).map((place) => place + 1)) {
        const proof = await consistencyProof(read, size1, size2);
        const claim = { size1, size2, root1: defined(0, size1), root2: defined(0, size2), proof };
        expect(verifyConsistency(claim), `${size1} to ${size2}`).to.equal(true);
        expect(verifyConsistency({ ...claim, root1: leafAt(size2) }), `${size1} to ${size2}`).to.equal(false);
      }
  });

  it('六万多条里的一条，读几片就证明得了；相邻的几条共用算过的', async () => {
    reads.length = 0;
    const known: KnownRanges = new Map();
    await inclusionProof(read, 300, 65_793, sha256Tree, known);
    expect(new Set(reads)).to.deep.equal(new Set(['0/1', '1/0', '1/1', '0/257']));
    const once = reads.length;
    await inclusionProof(read, 301, 65_793, sha256Tree, known);
    expect(reads.length - once, 'only the two neighbours in its tile').to.be.at.most(2);
  });
});
