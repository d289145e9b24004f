/** A signing key in a file: one line with the log's name and the base64 of 32 secret bytes. */
import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Refusal } from '../../kernel/index.js';

export interface SecretKey {
  readonly name: string;
  readonly secret: Buffer;
}

/** Whether a missing key file may be created. */
export type MayCreate = () => Promise<boolean>;

/**
 * Creates a missing file if permitted, readable for its owner only. If two programs do so at once,
 * both get the same key.
 *
 * @param name of the log, for a new key
 * @param secret of that key
 * @throws {Refusal} `trail.key` if the file is unreadable or holds no key
 */
export async function readKeyFile(
  file: string,
  name: string = `12345.local/trail/${randomBytes(8).toString('hex')}`,
  secret: () => Buffer = () => randomBytes(32),
  mayCreate: MayCreate = () => Promise.resolve(true),
): Promise<SecretKey> {
  try {
    const text = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      if (!(await mayCreate())) throw new Error('文件不在，而数据库里的轨迹已经签过名', { cause: error });
      return makeKey(file, `${name} ${secret().toString('base64')}\n`);
    });
    const [, found, written] = /^(\S+) ([A-Za-z0-9+/]{43}=)\n$/.exec(text) ?? [];
    if (!found || !written || found.includes('+')) throw new Error('内容不是签名密钥');
    return { name: found, secret: Buffer.from(written, 'base64') };
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal('trail.key', `轨迹的签名密钥 ${file} 不能使用：${String((cause as Error).message)}`, {
      remedy:
        '从备份恢复它，并核对权限；用同一个数据库的各台机器，密钥须相同：从第一台机器的 keys 目录复制过来',
      cause,
    });
  }
}

async function makeKey(file: string, line: string): Promise<string> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, line, { mode: 0o600, flag: 'wx' });
    await chmod(temporary, 0o600);
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return await readFile(file, 'utf8');
  } finally {
    await rm(temporary, { force: true });
  }
}
