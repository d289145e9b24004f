/** The file with the vault's keys, beside the data or named by the operator. Never in the database. */
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

/** `HOTLINE_VAULT_KEY_FILE`; default: `keys/vault.key` in the data directory. */
export const keyFileOf = (directory: string, environment: NodeJS.ProcessEnv = process.env): string =>
  environment['HOTLINE_VAULT_KEY_FILE']?.trim() || join(directory, 'keys', 'vault.key');

/**
 * Reads the keys; creates a missing file if permitted, readable for its owner only. If two programs
 * do so at once, both get the same keys.
 *
 * @returns also whether this call created the file
 * @throws {Refusal} `vault.locked` if the file is unreadable or holds no keys
 */
export async function readKeyRing(
  file: string,
  mayCreate: boolean,
): Promise<{ readonly ring: KeyRing; readonly made: boolean }> {
  let made = false;
  const text = await readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unreadable(file, '读不了', error);
    if (!mayCreate) throw unreadable(file, '不在，而数据库里的资料已经用它加密', error);
    made = await makeKeyRing(file);
    return readFile(file, 'utf8');
  });
  try {
    return { ring: ringSchema.parse(JSON.parse(text)), made };
  } catch (cause) {
    throw unreadable(file, '的内容不是密钥', cause);
  }
}

/** @returns whether this call created it */
async function makeKeyRing(file: string): Promise<boolean> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, `${JSON.stringify(newKeyRing(), null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    await chmod(temporary, 0o600);
    return await link(temporary, file).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
  } catch (cause) {
    throw unreadable(file, '写不了', cause);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** What to do if the keys are not the database's. */
export const sameKeys =
  '用同一个数据库的各台机器，密钥须相同：从第一台机器的 keys 目录或者它的备份复制过来；要另建一套系统，请给一个空的数据库';

const unreadable = (file: string, what: string, cause: unknown): Refusal =>
  new Refusal('vault.locked', `密钥文件 ${file} ${what}`, {
    remedy: `从备份恢复它，并核对权限；没有它，来电人的资料打不开。${sameKeys}`,
    cause,
  });
