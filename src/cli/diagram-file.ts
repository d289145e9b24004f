/** Reads a diagram for the checks: an unreadable file is a finding, not an error. */
import { open } from 'node:fs/promises';
import type { Finding } from '../design/compliance/index.js';

/** Reads one byte more than allowed, enough to detect a larger file. */
const enough = 5 * 1024 * 1024 + 1;

export async function readDiagram(path: string): Promise<Uint8Array | Finding> {
  try {
    const file = await open(path);
    try {
      const bytes = Buffer.alloc(enough);
      let length = 0;
      for (let read = -1; read !== 0 && length < enough; length += read) {
        read = (await file.read(bytes, length, enough - length, null)).bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT' ? '没有这个文件' : code === 'EISDIR' ? '它是目录' : `读不了(${code ?? '原因不明'})`;
    return {
      rule: 'well-formed',
      severity: 'error',
      element: '?',
      article: '—',
      message: `文件 ${path}:${why}。`,
      fix: '核对路径和权限。',
    };
  }
}
