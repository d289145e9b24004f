/** Who signs the tree. A small interface, so that a certified module can take the place of a key in a file. */
import { createPrivateKey, createPublicKey, randomBytes, randomUUID, sign } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from '../../kernel/index.js';
import { commandSigner } from './command-signer.js';
import { publicKey } from './vkey.js';

export interface Signer {
  /** The log's name: the origin of its checkpoints. */
  readonly name: string;
  /** The public key as C2SP writes it: name+key id+base64(algorithm ‖ key). */
  readonly vkey: string;
  /** First four bytes of a signature line. */
  readonly keyId: Buffer;
  sign(message: Buffer): Promise<Buffer>;
}

/** `HOTLINE_LOG_KEY_FILE`; without it `keys/trail.key` in the data directory. */
export const logKeyFileOf = (directory: string, environment: NodeJS.ProcessEnv = process.env): string =>
  environment['HOTLINE_LOG_KEY_FILE']?.trim() || join(directory, 'keys', 'trail.key');

/**
 * Whoever signs for this installation: the command in `HOTLINE_LOG_SIGNER`, else the key file. To be asked each time
 * something is to be signed, so that a key that has been rotated is taken up.
 */
export function signerSource(
  directory: string,
  environment: NodeJS.ProcessEnv = process.env,
): () => Promise<Signer> {
  const command = environment['HOTLINE_LOG_SIGNER']?.trim();
  if (!command) return () => readSigner(logKeyFileOf(directory, environment));
  let known: Promise<Signer> | undefined;
  return () => {
    known ??= commandSigner(command);
    known.catch(() => (known = undefined));
    return known;
  };
}

/**
 * An Ed25519 key in a file: one line of the log's name and the base64 of its 32 secret bytes. Made where there is none,
 * readable for its owner only; of two programs that make it at once both get the same.
 *
 * @param name the log's, for a key that is made; a new one without it
 * @throws {Refusal} `trail.key` for a file that cannot be read or holds no key
 */
export async function readSigner(file: string, name?: string): Promise<Signer> {
  try {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return makeKey(file, name);
      throw error;
    });
    const [, found, secret] = /^(\S+) ([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? [];
    if (!found || !secret || found.includes('+')) throw new Error('内容不是签名密钥');
    return ed25519Signer(found, Buffer.from(secret, 'base64'));
  } catch (cause) {
    throw new Refusal('trail.key', `轨迹的签名密钥 ${file} 不能使用:${String((cause as Error).message)}`, {
      remedy: '从备份恢复它,并核对权限',
      cause,
    });
  }
}

async function makeKey(
  file: string,
  name = `12345.local/trail/${randomBytes(8).toString('hex')}`,
): Promise<string> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, `${name} ${randomBytes(32).toString('base64')}\n`, {
      mode: 0o600,
      flag: 'wx',
    });
    await chmod(temporary, 0o600);
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return await readFile(file, 'utf8');
  } finally {
    await rm(temporary, { force: true });
  }
}

/** @param seed the 32 secret bytes */
export function ed25519Signer(name: string, seed: Buffer): Signer {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const bytes = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  const { id: keyId, vkey } = publicKey(name, 1, bytes);
  return { name, keyId, vkey, sign: (message) => Promise.resolve(sign(null, message, key)) };
}

/** What comes before the secret bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
