import { createHash, randomBytes } from 'node:crypto';

/** Replaces a text by SHA-256(salt ‖ value) for the trail; the text is stored apart, where it can be erased. */
export function seal(name: string, text: string): Seal & { readonly value: string } {
  const value = text.normalize('NFC');
  const salt = randomBytes(16).toString('hex');
  return { name, salt, value, digest: sealDigest(salt, value) };
}

export interface Seal {
  readonly name: string;
  /** 16 random bytes, hex. */
  readonly salt: string;
  /** Null if the text is stored elsewhere. */
  readonly value: string | null;
  readonly digest: string;
}

/** SHA-256(salt ‖ UTF-8 of value), hex. */
export function sealDigest(salt: string, value: string): string {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(value, 'utf8').digest('hex');
}
