/** What an entry says, for whoever shows or finds it: of one that somebody has altered, nothing counts. */
import type { JsonObject } from '../../kernel/index.js';
import { leafHash } from './chain.js';

export interface Told {
  /** Empty where it was altered. */
  readonly body: JsonObject;
  /** The bytes are not those that were hashed, or nobody can read them. */
  readonly altered: boolean;
}

/** @param entry its bytes, and the hash under which they were written */
export function told({ body: bytes, leaf }: { readonly body: Buffer; readonly leaf: Buffer }): Told {
  const body = leafHash(bytes).equals(leaf) ? readable(bytes) : undefined;
  return body ? { body, altered: false } : { body: {}, altered: true };
}

/** The same of a row `e` in SQL, as text; NULL where its bytes are not those that were hashed. */
export const toldText = `CASE WHEN e.leaf = sha256('\\x00'::bytea || e.body) THEN convert_from(e.body, 'UTF8') END`;

/** Whoever writes an entry with its hash may still write what is none: an object with its instant. */
function readable(bytes: Buffer): JsonObject | undefined {
  try {
    const body = JSON.parse(bytes.toString('utf8')) as JsonObject | null;
    return typeof body?.at === 'string' && !Number.isNaN(Date.parse(body.at)) ? body : undefined;
  } catch {
    return undefined;
  }
}
