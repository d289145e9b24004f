/** Who signs the tree. A small interface, so that a certified module can take the place of a key in a file. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { join } from 'node:path';
import { commandSigner } from './command-signer.js';
import { readKeyFile } from './key-file.js';
import { readSm2Signer } from './sm2-signer.js';
import { publicKey, type Algorithm } from './vkey.js';

export interface Signer {
  /** The log's name: the origin of its checkpoints. */
  readonly name: string;
  readonly algorithm: Exclude<Algorithm, 'cosignature'>;
  /** The public key as C2SP writes it: name+key id+base64(type ‖ key). */
  readonly vkey: string;
  /** First four bytes of a signature line. */
  readonly keyId: Buffer;
  sign(message: Buffer): Promise<Buffer>;
}

/** Who signs for this installation. */
export interface LogSigner extends Signer {
  /** Signs the second tree, of SM3, with SM2; without it there is none. */
  readonly second?: Signer | undefined;
}

const setting = (environment: NodeJS.ProcessEnv, name: string): string | undefined =>
  environment[name]?.trim() || undefined;

/** `HOTLINE_LOG_KEY_FILE`; without it `keys/trail.key` in the data directory. */
export const logKeyFileOf = (directory: string, environment: NodeJS.ProcessEnv = process.env): string =>
  setting(environment, 'HOTLINE_LOG_KEY_FILE') ?? join(directory, 'keys', 'trail.key');

/** `HOTLINE_LOG_SM2_KEY_FILE`; without it `keys/trail-sm2.key` in the data directory. */
export const sm2KeyFileOf = (directory: string, environment: NodeJS.ProcessEnv = process.env): string =>
  setting(environment, 'HOTLINE_LOG_SM2_KEY_FILE') ?? join(directory, 'keys', 'trail-sm2.key');

/**
 * Whoever signs for this installation: the command in `HOTLINE_LOG_SIGNER`, else the key file; for the second tree
 * the command in `HOTLINE_LOG_SM2_SIGNER`, else, where `HOTLINE_LOG_SM2` is `on`, a key file. To be asked each time
 * something is to be signed, so that a key that has been rotated is taken up.
 */
export function signerSource(
  directory: string,
  environment: NodeJS.ProcessEnv = process.env,
): () => Promise<LogSigner> {
  const main =
    commandSource(setting(environment, 'HOTLINE_LOG_SIGNER'), 'ed25519') ??
    (() => readSigner(logKeyFileOf(directory, environment)));
  const soft = setting(environment, 'HOTLINE_LOG_SM2') === 'on';
  const second =
    commandSource(setting(environment, 'HOTLINE_LOG_SM2_SIGNER'), 'sm2') ??
    (soft
      ? async (name: string) => readSm2Signer(sm2KeyFileOf(directory, environment), name)
      : () => Promise.resolve(undefined));
  return async () => {
    const signer = await main();
    return { ...signer, second: await second(`${signer.name}/sm`) };
  };
}

/** Asked once: its key does not change while the program runs. */
function commandSource(command: string | undefined, algorithm: Signer['algorithm']) {
  if (!command) return undefined;
  let known: Promise<Signer> | undefined;
  return () => {
    known ??= commandSigner(command, algorithm);
    known.catch(() => (known = undefined));
    return known;
  };
}

/**
 * An Ed25519 key in a file.
 *
 * @param name the log's, for a key that is made; a new one without it
 * @throws {Refusal} `trail.key` for a file that cannot be read or holds no key
 */
export async function readSigner(file: string, name?: string): Promise<Signer> {
  const { name: found, secret } = await readKeyFile(file, name);
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

/** What comes before the secret bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
