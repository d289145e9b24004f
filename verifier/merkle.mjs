/** RFC 6962 (Certificate Transparency) trees: hashes and proofs against a known root. */
import { sha256 } from './platform.mjs';

export { sha256 };

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** @typedef {(...parts: Uint8Array[]) => Uint8Array} Hash SHA-256 or SM3: 32 bytes */

/** @param {Uint8Array} body @param {Hash} hash */
export const leafHashOf = (body, hash = sha256) => hash(leafPrefix, body);
/** @param {Hash} hash @returns {(left: Uint8Array, right: Uint8Array) => Uint8Array} */
const nodesBy = (hash) => (left, right) => hash(nodePrefix, left, right);
const nodeHashOf = nodesBy(sha256);

/**
 * Whether the leaf is at `index` in the tree of `size` leaves with this root. Never throws: malformed claims are false.
 *
 * @param {{ index: number | bigint, size: number | bigint, leafHash: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array }} claim
 * @param {Hash} hash
 * @returns {boolean}
 */
export function verifyInclusion(claim, hash = sha256) {
  try {
    return included(claim, nodesBy(hash));
  } catch {
    return false;
  }
}

function included({ index, size, leafHash, proof, root }, nodeOf) {
  let node = natural(index);
  let last = natural(size) - 1n;
  if (node > last || !isHash(leafHash) || !isHash(root) || !areHashes(proof)) return false;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0n) return false;
    if (isOdd(node) || node === last) {
      hash = nodeOf(sibling, hash);
      // The last node of an odd level has no sibling there; it rises until it has one on its left.
      while (!isOdd(node) && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = nodeOf(hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && equal(hash, root);
}

/**
 * Whether the tree of `size2` leaves begins with the tree of `size1` leaves. Never throws. An empty tree proves
 * nothing, so `size1` must be at least 1.
 *
 * @param {{ size1: number | bigint, size2: number | bigint, root1: Uint8Array, root2: Uint8Array, proof: readonly Uint8Array[] }} claim
 * @returns {boolean}
 */
export function verifyConsistency(claim) {
  try {
    return consistent(claim);
  } catch {
    return false;
  }
}

function consistent({ size1, size2, root1, root2, proof }) {
  const [first, second] = [natural(size1), natural(size2)];
  if (first === 0n || first > second || !areHashes(proof)) return false;
  // Equal sizes: only the roots are compared.
  if (first === second) return proof.length === 0 && root1.length > 0 && equal(root1, root2);
  if (!isHash(root1) || !isHash(root2)) return false;
  let [node, last] = [first - 1n, second - 1n];
  while (isOdd(node)) [node, last] = [node >> 1n, last >> 1n];
  // If the old tree is complete, its root is the first hash of the path and is omitted from the proof.
  const path = node === 0n ? [root1, ...proof] : [...proof];
  const start = path.shift();
  if (start === undefined) return false;
  let [old, now] = [start, start];
  for (const sibling of path) {
    if (last === 0n) return false;
    if (isOdd(node) || node === last) {
      [old, now] = [nodeHashOf(sibling, old), nodeHashOf(sibling, now)];
      while (!isOdd(node) && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      now = nodeHashOf(now, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && equal(old, root1) && equal(now, root2);
}

/**
 * The root of a growing tree, in logarithmic memory.
 *
 * @param {Hash} hash
 */
export function growingTree(hash = sha256) {
  const nodeOf = nodesBy(hash);
  /** One hash per complete subtree, largest first. @type {{ leaves: number, hash: Uint8Array }[]} */
  const peaks = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    /** @param {Uint8Array} leafHash */
    add(leafHash) {
      size += 1;
      let grown = { leaves: 1, hash: leafHash };
      while (peaks.at(-1)?.leaves === grown.leaves) {
        const left = peaks.pop();
        grown = { leaves: left.leaves * 2, hash: nodeOf(left.hash, grown.hash) };
      }
      peaks.push(grown);
    },
    root() {
      const hashes = peaks.map(({ hash }) => hash);
      return hashes.length === 0 ? hash() : hashes.reduceRight((right, left) => nodeOf(left, right));
    },
  };
}

/** @param {Uint8Array} one @param {Uint8Array} other */
export const equal = (one, other) =>
  one instanceof Uint8Array &&
  other instanceof Uint8Array &&
  one.length === other.length &&
  one.every((byte, index) => byte === other[index]);

const isOdd = (number) => (number & 1n) === 1n;
const isHash = (value) => value instanceof Uint8Array && value.length === 32;
const areHashes = (value) => Array.isArray(value) && value.every(isHash);

/** @throws {TypeError} unless a whole number from 0 */
function natural(value) {
  if (typeof value === 'bigint' && value >= 0n) return value;
  if (Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw new TypeError('no natural number');
}
