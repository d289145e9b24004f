/**
 * The chain of one stream: every entry's body is RFC 8785 canonical JSON that names its own number and the hash
 * of the entry before it, so no entry can be changed, dropped, moved or inserted without breaking what follows.
 */
import type { JsonObject } from '../../kernel/index.js';
import { sha256Tree } from '../log/tree-hash.js';
import { canonicalJson } from './canonical.js';

export interface Head {
  readonly seq: number;
  /** SHA-256(0x00 ‖ body) of the last entry, 32 bytes. */
  readonly leaf: Buffer;
}

/** What comes before the first entry of every stream. */
export const origin: Head = { seq: 0, leaf: Buffer.alloc(32) };

export interface Linked extends Head {
  /** The instant as the body has it. */
  readonly at: string;
  readonly body: Buffer;
}

/**
 * Builds the entry that follows `head`.
 *
 * @param sealed SHA-256 of the texts that are kept apart, by name
 * @param v version of the body's shape; a reader refuses one it does not know
 * @throws {TypeError} for a number that is no safe integer, a lone surrogate
 */
export function link(
  head: Head,
  stream: string,
  type: string,
  time: Date,
  content: JsonObject,
  sealed?: JsonObject,
  v = 1,
): Linked {
  const seq = head.seq + 1;
  const at = time.toISOString();
  const own = { v, stream, seq, prev: head.leaf.toString('hex'), type, at };
  const body = canonicalJson({ ...content, ...own, ...(sealed && { sealed }) });
  return { seq, at, body, leaf: leafHash(body) };
}

export const leafHash = (body: Uint8Array): Buffer => sha256Tree.leaf(body);
