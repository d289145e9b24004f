import { readFile, stat } from 'node:fs/promises';
import { Refusal } from '../../kernel/index.js';

const largest = 5 * 1024 * 1024;

/** A file up to 5 MiB. @throws {Refusal} `file.unreadable`, `input.too-large` */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > largest) {
      throw new Refusal(
        'input.too-large',
        `文件 ${path} 有 ${size} 字节，超过上限 ${largest} 字节（5 MiB）。`,
        {
          remedy: '请换一个较小的文件。',
        },
      );
    }
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? '没有这个文件'
        : code === 'EISDIR'
          ? '它是目录'
          : `无法读取（${code ?? '原因不明'}）`;
    throw new Refusal('file.unreadable', `文件 ${path}：${why}。`, { remedy: '请核对路径和权限。', cause });
  }
}

/** A file of any size. @throws {Refusal} `file.unreadable` */
export const readWhole = (path: string): Promise<Buffer> =>
  readFile(path).catch((cause: unknown) => {
    throw new Refusal('file.unreadable', `读不了文件 ${path}`, { cause, remedy: '核对文件名和权限' });
  });
