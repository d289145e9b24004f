/** Public keys and signatures of C2SP signed notes, from the side of the one who signs. */
import { createHash, createPublicKey, verify } from 'node:crypto';

export interface PublicKey {
  readonly name: string;
  readonly id: Buffer;
  /** The 32 bytes of an Ed25519 key. */
  readonly key: Buffer;
  readonly vkey: string;
}

/** Ed25519 over the note itself (a log), or over what a witness says of it. */
export type Algorithm = 1 | 4;

export function publicKey(name: string, algorithm: Algorithm, key: Buffer): PublicKey {
  const typed = Buffer.concat([Buffer.from([algorithm]), key]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return { name, id, key, vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}` };
}

/** @returns undefined for what is no key of this kind: name+key id+base64(algorithm ‖ key) */
export function parseKey(vkey: string, algorithm: Algorithm): PublicKey | undefined {
  const [, name = '', , encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  const typed = Buffer.from(encoded, 'base64');
  if (typed.length !== 33 || typed[0] !== algorithm) return undefined;
  const key = publicKey(name, algorithm, typed.subarray(1));
  return key.vkey === vkey ? key : undefined;
}

export function isSignedBy({ key }: PublicKey, message: string, signature: Buffer): boolean {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return verify(
    null,
    Buffer.from(message, 'utf8'),
    createPublicKey({ key: spki, format: 'der', type: 'spki' }),
    signature,
  );
}
