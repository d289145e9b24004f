import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Refusal } from '../../kernel/index.js';

/** A result file that is either complete or absent: it is written beside its place and renamed at the end. */
export interface OutputFile {
  write(content: string | Buffer): Promise<void>;
  commit(): Promise<void>;
  /** Removes an uncommitted file; has no effect after commit. */
  discard(): Promise<void>;
}

export async function openOutput(path: string): Promise<OutputFile> {
  const partial = `${path}.${process.pid}.partial`;
  const stream = createWriteStream(partial);
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new Refusal(
      'file.unreadable',
      `结果文件 ${path} 写不了：${error instanceof Error ? error.message : ''}`,
      {
        remedy: '核对路径和权限',
        cause: error,
      },
    );
  }
  let committed = false;
  const end = async (): Promise<void> => {
    if (stream.closed) return;
    stream.end();
    await once(stream, 'close');
  };
  return {
    write: async (content) => {
      if (!stream.write(content)) await once(stream, 'drain');
    },
    commit: async () => {
      await end();
      await rename(partial, path);
      committed = true;
    },
    discard: async () => {
      if (committed) return;
      await end();
      await rm(partial, { force: true });
    },
  };
}
