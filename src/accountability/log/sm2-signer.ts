/**
 * SM2 with SM3 (GB/T 32918.2, GM/T 0003.2) in software, with the user identity of GM/T 0009. A certified module is used
 * by a command instead (`command-signer.ts`).
 */
import { readKeyFile, type MayCreate } from './key-file.js';
import type { Signer } from './signer.js';
import { sm2Library } from './sm2.js';
import { publicKey } from './vkey.js';

/** @param name of the log, for a new key @throws {Refusal} `trail.key` */
export async function readSm2Signer(file: string, name: string, mayCreate?: MayCreate): Promise<Signer> {
  const made = (): Buffer => Buffer.from(sm2Library().generateKeyPairHex().privateKey, 'hex');
  const { name: found, secret } = await readKeyFile(file, name, made, mayCreate);
  return sm2Signer(found, secret);
}

/** @param secret the 32 bytes of the private key */
export function sm2Signer(name: string, secret: Buffer): Signer {
  const sm2 = sm2Library();
  const privateKey = secret.toString('hex');
  const point = sm2.getPublicKeyFromPrivateKey(privateKey);
  const { id: keyId, vkey } = publicKey(name, 'sm2', Buffer.from(point, 'hex').subarray(1));
  const sign = (message: Buffer): Promise<Buffer> =>
    Promise.resolve(
      Buffer.from(sm2.doSignature(message, privateKey, { hash: true, publicKey: point }), 'hex'),
    );
  return { name, algorithm: 'sm2', keyId, vkey, sign };
}
