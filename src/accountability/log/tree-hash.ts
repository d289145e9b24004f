/** What a tree hashes with: RFC 6962 over SHA-256, and the same over SM3 (GB/T 32905, GM/T 0004). */
import { hash } from 'node:crypto';

export interface TreeHash {
  /** Of the empty tree. */
  readonly empty: () => Buffer;
  readonly leaf: (body: Uint8Array) => Buffer;
  readonly node: (left: Uint8Array, right: Uint8Array) => Buffer;
}

/** Both give 32 bytes. The leaves of streams are `sha256Tree.leaf`. */
export const sha256Tree = treeHash('sha256');
export const sm3Tree = treeHash('sm3');

function treeHash(algorithm: 'sha256' | 'sm3'): TreeHash {
  // In one call, and by way of text: the garbage collector has no object of OpenSSL's to find for each 32 bytes, and no
  // memory of their own.
  const of = (...parts: readonly Uint8Array[]): Buffer =>
    Buffer.from(hash(algorithm, together(parts), 'hex'), 'hex');
  return {
    empty: () => of(),
    leaf: (body) => of(leafPrefix, body),
    node: (left, right) => of(nodePrefix, left, right),
  };
}

/** What is hashed lies here until the next is: memory asked for each time costs as much as the hash. */
const desk = Buffer.alloc(8192);

function together(parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) {
    if (length + part.length > desk.length) return Buffer.concat(parts);
    desk.set(part, length);
    length += part.length;
  }
  return desk.subarray(0, length);
}

const leafPrefix = Buffer.from([0]);
const nodePrefix = Buffer.from([1]);
