/**
 * Stores checkpoints in a folder that others control (a share, write-once storage). Each checkpoint
 * is a file, which is never overwritten and is read back after writing.
 */
import { mkdir, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { keptName, keptSize, originOf, type Anchor } from './anchor.js';

export function folderAnchor(folder: string): Anchor {
  const inWords = (error: unknown): never => {
    throw new Error(`文件夹 ${folder}：${(error as Error).message}`, { cause: error });
  };
  return {
    kind: 'folder',
    name: `文件夹 ${folder}`,
    every: 'hour',
    keep: async ({ note, size }) => {
      const file = join(folder, keptName(originOf(note), size));
      await write(folder, file, note).catch(inWords);
      const back = await readFile(file, 'utf8').catch(inWords);
      if (back !== note) throw new Error(`${file} 里是另一个检查点：同样 ${size} 条，内容不同`);
      return { words: '写下后读回来比过' };
    },
    newest: async (origin) => {
      const names = await readdir(folder).catch(inWords);
      const size = Math.max(0, ...names.map((name) => keptSize(origin, name) ?? 0));
      if (size === 0) return undefined;
      const file = join(folder, keptName(origin, size));
      const [note, { mtime }] = await Promise.all([readFile(file, 'utf8'), stat(file)]).catch(inWords);
      return { note, size, at: mtime };
    },
  };
}

/** Leaves an existing file as it is. */
async function write(folder: string, file: string, note: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const handle = await open(file, 'wx', 0o444).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return undefined;
    throw error;
  });
  if (!handle) return;
  try {
    await handle.writeFile(note);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
