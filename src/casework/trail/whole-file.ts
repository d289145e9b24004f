/** A file stands under its name only when it is whole; of one that failed nothing is left, and what stood there before is. */
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { Refusal } from '../../kernel/index.js';

/**
 * @param what it is, in Chinese, for who reads the refusal
 * @throws {Refusal} `file.unreadable`; whatever `write` throws
 */
export async function wholeFile(
  name: string,
  what: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const unwritable = (cause: unknown): never => {
    throw new Refusal('file.unreadable', `${what} ${name} 写不了:${(cause as Error).message}`, {
      remedy: '核对路径和权限',
      cause,
    });
  };
  // What is renamed to a device or a pipe would take its place.
  const there = await stat(name).catch(() => undefined);
  if (there && !there.isFile()) unwritable(new Error('那里有的不是文件'));
  const part = `${name}.part`;
  const handle = await open(part, 'w', 0o600).catch(unwritable);
  try {
    await write(handle).finally(() => handle.close());
    await rename(part, name).catch(unwritable);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
