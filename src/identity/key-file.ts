/** Where the keys of the vault are: a file beside the data, or one that the operator names. Never in the database. */
import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../kernel/index.js';
import { newKeyRing, type KeyRing } from './vault.js';

const ringSchema = z
  .strictObject({
    current: z.string(),
    matching: z.string(),
    keys: z.record(
      z.string().regex(/^[\w-]{1,60}$/),
      z.string().refine((text) => Buffer.from(text, 'base64').length === 32, '须为 32 字节的 base64'),
    ),
  })
  .refine(
    ({ current, matching, keys }) => current in keys && matching in keys,
    'current、matching 须在 keys 中',
  );

/** `HOTLINE_VAULT_KEY_FILE`; without it `keys/vault.key` in the data directory. */
export const keyFileOf = (directory: string, environment: NodeJS.ProcessEnv = process.env): string =>
  environment['HOTLINE_VAULT_KEY_FILE']?.trim() || join(directory, 'keys', 'vault.key');

/**
 * Reads the keys; makes them where there is no file yet, readable for its owner only. Of two programs that make it at
 * once both get the same.
 *
 * @throws {Refusal} `vault.locked` for a file that cannot be read or holds no keys
 */
export async function readKeyRing(file: string): Promise<KeyRing> {
  const text = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unreadable(file, '读不了', error);
    return makeKeyRing(file);
  });
  try {
    return ringSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw unreadable(file, '的内容不是密钥', cause);
  }
}

async function makeKeyRing(file: string): Promise<string> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, `${JSON.stringify(newKeyRing(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await chmod(temporary, 0o600);
    await link(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, '写不了', cause);
  } finally {
    await rm(temporary, { force: true });
  }
}

const unreadable = (file: string, what: string, cause: unknown): Refusal =>
  new Refusal('vault.locked', `密钥文件 ${file} ${what}`, {
    remedy: '从备份恢复它,并核对权限;没有它,来电人的资料打不开',
    cause,
  });
