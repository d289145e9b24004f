/**
 * Storage for the encrypted contents. On disk each is a file, which is written under another name,
 * flushed and renamed.
 */
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface AttachmentFiles {
  readonly kind: 'folder' | 's3';
  put(name: string, content: AsyncIterable<Buffer>): Promise<void>;
  /** Undefined if there is none. */
  get(name: string): Promise<AsyncIterable<Buffer> | undefined>;
  drop(name: string): Promise<void>;
}

/** Names begin with two hexadecimal digits, which keep folders small. */
const folderOf = (name: string): string => name.slice(0, 2);

export function diskFiles(directory: string): AttachmentFiles {
  const pathOf = (name: string): string => join(directory, folderOf(name), name);
  const partOf = (name: string): string => `${pathOf(name)}.part`;
  return {
    kind: 'folder',
    put: async (name, content) => {
      const folder = join(directory, folderOf(name));
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const aside = partOf(name);
      try {
        const file = await open(aside, 'wx', 0o600);
        try {
          for await (const piece of content) await file.write(piece);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(aside, pathOf(name));
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
      await flushFolder(folder);
    },
    get: async (name) => {
      const found = await stat(pathOf(name)).catch(missing);
      return found && createReadStream(pathOf(name));
    },
    drop: async (name) => {
      await rm(pathOf(name), { force: true });
      // Left by a program that was killed while writing.
      await rm(partOf(name), { force: true });
    },
  };
}

/** After a power failure a renamed file exists only if its folder was flushed, too. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
