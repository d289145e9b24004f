/** Public keys and signatures of C2SP signed notes, for signing. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { sm2Library } from './sm2.js';

export interface PublicKey {
  readonly name: string;
  readonly algorithm: Algorithm;
  readonly id: Buffer;
  /** The 32 bytes of an Ed25519 key; x and y of a point on the curve of SM2. */
  readonly key: Buffer;
  readonly vkey: string;
}

/** Ed25519 over the note (a log) or over a witness's statement on it; SM2 with SM3 over the note. */
export type Algorithm = 'ed25519' | 'cosignature' | 'sm2';

/** Type byte before the key: C2SP has none for SM2 and permits private ones after 0xff. */
const types: Readonly<Record<Algorithm, { readonly prefix: Buffer; readonly length: number }>> = {
  ed25519: { prefix: Buffer.from([1]), length: 32 },
  cosignature: { prefix: Buffer.from([4]), length: 32 },
  sm2: { prefix: Buffer.from('\xff12345-sm2-sm3', 'latin1'), length: 64 },
};

export function publicKey(name: string, algorithm: Algorithm, key: Buffer): PublicKey {
  const typed = Buffer.concat([types[algorithm].prefix, key]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  const vkey = `${name}+${id.toString('hex')}+${typed.toString('base64')}`;
  return { name, algorithm, id, key, vkey };
}

/** @returns undefined if it is no key of these kinds: name+key id+base64(type ‖ key) */
export function parseKey(vkey: string, ...algorithms: readonly Algorithm[]): PublicKey | undefined {
  const [, name = '', , encoded = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey) ?? [];
  const typed = Buffer.from(encoded, 'base64');
  for (const algorithm of algorithms) {
    const { prefix, length } = types[algorithm];
    if (typed.length !== prefix.length + length || !typed.subarray(0, prefix.length).equals(prefix)) continue;
    const key = publicKey(name, algorithm, typed.subarray(prefix.length));
    return key.vkey === vkey ? key : undefined;
  }
  return undefined;
}

export function isSignedBy(
  { algorithm, key }: PublicKey,
  message: string | Buffer,
  signature: Buffer,
): boolean {
  const bytes = typeof message === 'string' ? Buffer.from(message, 'utf8') : message;
  if (algorithm === 'sm2') {
    if (signature.length !== 64) return false;
    const point = `04${key.toString('hex')}`;
    const sm2 = sm2Library();
    return (
      sm2.verifyPublicKey(point) &&
      sm2.doVerifySignature(bytes, signature.toString('hex'), point, { hash: true })
    );
  }
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return verify(null, bytes, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
}
