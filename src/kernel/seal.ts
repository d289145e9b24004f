import { createHash, randomBytes } from 'node:crypto';

/**
 * Takes a text out of what the trail will keep for ever: only SHA-256(salt ‖ value) goes in, the value stays in a
 * table of its own, where it can be erased without breaking a proof.
 */
export function seal(name: string, text: string): Seal & { readonly value: string } {
  const value = text.normalize('NFC');
  const salt = randomBytes(16).toString('hex');
  return { name, salt, value, digest: sealDigest(salt, value) };
}

export interface Seal {
  readonly name: string;
  /** Hex, 16 random bytes. */
  readonly salt: string;
  /** Null where it is not the trail that keeps it. */
  readonly value: string | null;
  readonly digest: string;
}

/** Hex of SHA-256(salt ‖ UTF-8 of value). */
export function sealDigest(salt: string, value: string): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(value, 'utf8').digest('hex');
}
