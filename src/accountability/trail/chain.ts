/**
 * The chain of one stream: every entry's body is RFC 8785 canonical JSON that names its own number and the hash
 * of the entry before it, so no entry can be changed, dropped, moved or inserted without breaking what follows.
 */
import canonicalize from 'canonicalize';
import type { Json, JsonObject } from '../../kernel/index.js';
import { sha256Tree } from '../log/tree-hash.js';

export interface Head {
  readonly seq: number;
  /** SHA-256(0x00 ‖ body) of the last entry, 32 bytes. */
  readonly leaf: Buffer;
}

/** What comes before the first entry of every stream. */
export const origin: Head = { seq: 0, leaf: Buffer.alloc(32) };

export interface Linked extends Head {
  readonly body: Buffer;
}

/** Version of the body's shape; a reader refuses what it does not know. */
const bodyVersion = 1;

/** Builds the entry that follows `head`. @throws {TypeError} for a number that is no safe integer, a lone surrogate. */
export function link(head: Head, stream: string, type: string, at: Date, content: JsonObject): Linked {
  const seq = head.seq + 1;
  const canonical = canonicalize(
    normalised({
      ...content,
      v: bodyVersion,
      stream,
      seq,
      prev: head.leaf.toString('hex'),
      type,
      at: at.toISOString(),
    }),
  );
  if (canonical === undefined) throw new TypeError('an entry must be a JSON object');
  const body = Buffer.from(canonical, 'utf8');
  return { seq, body, leaf: leafHash(body) };
}

export const leafHash = (body: Uint8Array): Buffer => sha256Tree.leaf(body);

/**
 * NFC strings and safe integers only: what two readers could read differently does not enter a hash. A value that is
 * so already, as almost all are, is answered as it is.
 */
function normalised(value: Json): Json {
  if (typeof value === 'string') return ascii.test(value) ? value : value.normalize('NFC');
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      throw new TypeError(`only safe integers may enter the trail, not ${value}`);
    return value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const changed = items.map(normalised);
    return changed.every((item, index) => item === items[index]) ? items : changed;
  }
  const object = value as JsonObject;
  let changed: { [key: string]: Json } | undefined;
  for (const key of Object.keys(object)) {
    const before = object[key] ?? null;
    const after = normalised(before);
    const name = ascii.test(key) ? key : key.normalize('NFC');
    if (after === before && name === key) continue;
    changed ??= { ...object };
    if (name !== key) delete changed[key];
    changed[name] = after;
  }
  return changed ?? object;
}

// eslint-disable-next-line no-control-regex -- all of ASCII is meant
const ascii = /^[\x00-\x7f]*$/;
