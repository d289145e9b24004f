/**
 * The RFC 6962 tree over all entries, stored as tiles: tile n of level 0 holds leaf hashes 256n … 256n+255, a tile of
 * level l+1 the roots of 256 complete tiles of level l. A proof reads few tiles, whatever the size of the tree.
 */
import { sha256Tree, type TreeHash } from './tree-hash.js';

/** Hashes in a full tile. */
export const tileWidth = 256;
const tileHeight = 8;

/** The first `count` hashes of a tile, 32 bytes each, in one buffer. */
export type ReadTile = (level: number, tile: number, count: number) => Promise<Buffer>;

/** The root of the tree of the first `size` leaves. */
export async function rootOf(read: ReadTile, size: number, hash: TreeHash = sha256Tree): Promise<Buffer> {
  return size === 0 ? hash.empty() : rangeHash(read, 0, size, hash);
}

/** Computed roots by range, shared by proofs of neighbouring entries. */
export type KnownRanges = Map<string, Promise<Buffer>>;

/**
 * Path from the leaf at `index` to the root of the tree of `size` leaves, bottom up.
 *
 * @param known shared by proofs from the same tree
 */
export async function inclusionProof(
  read: ReadTile,
  index: number,
  size: number,
  hash: TreeHash = sha256Tree,
  known: KnownRanges = new Map(),
): Promise<Buffer[]> {
  const hashOf = (from: number, to: number): Promise<Buffer> => {
    const key = `${from} ${to}`;
    const found = known.get(key) ?? rangeHash(read, from, to, hash);
    known.set(key, found);
    return found;
  };
  const path: Promise<Buffer>[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + split(end - start);
    if (index < middle) {
      path.push(hashOf(middle, end));
      end = middle;
    } else {
      path.push(hashOf(start, middle));
      start = middle;
    }
  }
  return (await Promise.all(path)).reverse();
}

/** The root to which a path leads from a leaf; undefined if it is too short. */
export function rootOfPath(
  leaf: Buffer,
  { index, size, path }: { readonly index: number; readonly size: number; readonly path: readonly Buffer[] },
  hash: TreeHash = sha256Tree,
): Buffer | undefined {
  let [at, last, root] = [index, size - 1, leaf];
  for (const sibling of path) {
    const isRight = at % 2 === 1;
    root = isRight || at === last ? hash.node(sibling, root) : hash.node(root, sibling);
    // At the right edge a node without a sibling moves up unchanged.
    while (at === last && at % 2 === 0 && at > 0) [at, last] = [at / 2, last / 2];
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : undefined;
}

/** Proof that the tree of `size1` leaves is the beginning of that of `size2`. @param size1 at least 1 */
export async function consistencyProof(read: ReadTile, size1: number, size2: number): Promise<Buffer[]> {
  const path: Promise<Buffer>[] = [];
  let [start, end] = [0, size2];
  let whole = true;
  while (end !== size1) {
    const middle = start + split(end - start);
    if (size1 <= middle) {
      path.push(rangeHash(read, middle, end, sha256Tree));
      end = middle;
    } else {
      path.push(rangeHash(read, start, middle, sha256Tree));
      start = middle;
      whole = false;
    }
  }
  if (!whole) path.push(rangeHash(read, start, end, sha256Tree));
  return (await Promise.all(path)).reverse();
}

/** The largest power of two below `leaves`. */
function split(leaves: number): number {
  return 2 ** Math.floor(Math.log2(leaves - 1));
}

/** Root over the leaves `start` to `end` (exclusive); the range must be a subtree of the tree. */
async function rangeHash(read: ReadTile, start: number, end: number, hash: TreeHash): Promise<Buffer> {
  const leaves = end - start;
  const height = Math.log2(leaves);
  if (Number.isInteger(height) && start % leaves === 0) {
    const level = Math.floor(height / tileHeight);
    const first = start / tileWidth ** level;
    const count = leaves / tileWidth ** level;
    const offset = first % tileWidth;
    const tile = await read(level, Math.floor(first / tileWidth), offset + count);
    return fold(tile.subarray(offset * 32, (offset + count) * 32), hash);
  }
  const middle = start + split(leaves);
  return hash.node(await rangeHash(read, start, middle, hash), await rangeHash(read, middle, end, hash));
}

/** Root of a complete subtree from its hashes, a power of two of them. */
export function fold(hashes: Buffer, hash: TreeHash = sha256Tree): Buffer {
  if (hashes.length === 32) return hashes;
  const half = hashes.length / 2;
  return hash.node(fold(hashes.subarray(0, half), hash), fold(hashes.subarray(half), hash));
}
