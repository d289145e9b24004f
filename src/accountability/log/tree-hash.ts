/** Hash functions of a tree: RFC 6962 over SHA-256, and over SM3 (GB/T 32905, GM/T 0004). */
import { hash } from 'node:crypto';

export interface TreeHash {
  /** Root of the empty tree. */
  readonly empty: () => Buffer;
  readonly leaf: (body: Uint8Array) => Buffer;
  readonly node: (left: Uint8Array, right: Uint8Array) => Buffer;
}

/** Both return 32 bytes. The leaves of streams are `sha256Tree.leaf`. */
export const sha256Tree = treeHash('sha256');
export const sm3Tree = treeHash('sm3');

function treeHash(algorithm: 'sha256' | 'sm3'): TreeHash {
  // One call with text output creates no OpenSSL object, and no buffer per hash for the garbage
  // collector.
  const of = (...parts: readonly Uint8Array[]): Buffer =>
    Buffer.from(hash(algorithm, together(parts), 'hex'), 'hex');
  return {
    empty: () => of(),
    leaf: (body) => of(leafPrefix, body),
    node: (left, right) => of(nodePrefix, left, right),
  };
}

/** Reused between calls: allocating costs as much as hashing. */
const scratch = Buffer.alloc(8192);

function together(parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) {
    if (length + part.length > scratch.length) return Buffer.concat(parts);
    scratch.set(part, length);
    length += part.length;
  }
  return scratch.subarray(0, length);
}

const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);
