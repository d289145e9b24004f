import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readKeyFile, type MayCreate } from './key-file.js';
import type { Signer } from './signer.js';
import { publicKey } from './vkey.js';

/**
 * An Ed25519 key in a file.
 *
 * @param name of the log, for a newly created key; without it one is generated
 * @throws {Refusal} `trail.key` if the file is unreadable or holds no key
 */
export async function readSigner(file: string, name?: string, mayCreate?: MayCreate): Promise<Signer> {
  const { name: found, secret } = await readKeyFile(file, name, undefined, mayCreate);
  return ed25519Signer(found, secret);
}

/** @param seed the 32 secret bytes */
export function ed25519Signer(name: string, seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const bytes = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  const { id: keyId, vkey } = publicKey(name, 'ed25519', bytes);
  const algorithm = 'ed25519';
  return { name, algorithm, keyId, vkey, sign: (message) => Promise.resolve(sign(null, message, key)) };
}

/** PKCS #8 prefix of the secret bytes (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
