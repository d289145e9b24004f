/** Shared by the `hotline takeover` commands. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export const takeoverGroup = ['takeover', '接替别的系统:旧日志对照条例'] as const;

/** Of the file as it lies on disk. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
