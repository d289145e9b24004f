/**
 * The chain of one stream: every body is RFC 8785 canonical JSON with its own number and the preceding entry's hash, so
 * that no entry can be changed, dropped, moved or inserted unnoticed.
 */
import type { JsonObject } from '../../kernel/index.js';
import { sha256Tree } from '../log/tree-hash.js';
import { canonicalJson } from './canonical.js';

export interface Head {
  readonly seq: number;
  /** SHA-256(0x00 ‖ body) of the last entry, 32 bytes. */
  readonly leaf: Buffer;
}

/** The head before the first entry. */
export const origin: Head = { seq: 0, leaf: Buffer.alloc(32) };

export interface Linked extends Head {
  /** The instant in the body. */
  readonly at: string;
  readonly body: Buffer;
}

/**
 * Builds the entry after `head`.
 *
 * @param kept digests of what is stored apart: `sealed` texts by name, and the `state` after the
 * entry
 * @param v version of the body's shape; readers refuse unknown versions
 * @throws {TypeError} for a number that is no safe integer, or a lone surrogate
 */
export function link(
  head: Head,
  stream: string,
  type: string,
  time: Date,
  content: JsonObject,
  kept: JsonObject = {},
  v = 1,
): Linked {
  const seq = head.seq + 1;
  const at = time.toISOString();
  const own = { v, stream, seq, prev: head.leaf.toString('hex'), type, at };
  const body = canonicalJson({ ...content, ...own, ...kept });
  return { seq, at, body, leaf: leafHash(body) };
}

export const leafHash = (body: Uint8Array): Buffer => sha256Tree.leaf(body);
