/** Writes a file that is either complete or absent; on failure an existing file stays. */
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { Refusal } from '../../kernel/index.js';

/**
 * @param what name of the content in Chinese, for the refusal
 * @throws {Refusal} `file.unreadable`, and whatever `write` throws
 */
export async function wholeFile(
  name: string,
  what: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const unwritable = (cause: unknown): never => {
    throw new Refusal('file.unreadable', `${what} ${name} 写不了：${(cause as Error).message}`, {
      remedy: '核对路径和权限',
      cause,
    });
  };
  // A device or pipe is written directly, because renaming onto it would replace it.
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
