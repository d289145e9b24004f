/**
 * Receives a file to disk, not to memory: a slow sender costs 64 KiB. The file is encrypted with a
 * key that only this process knows, so that a killed program leaves nothing readable.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../../kernel/index.js';
import { headLength } from './media.js';
import { opened, sealed } from './sealed-stream.js';

export interface Received {
  readonly bytes: number;
  readonly sha256: string;
  readonly head: Buffer;
  read(): AsyncIterable<Buffer>;
  drop(): Promise<void>;
}

/** @throws {Refusal} `attachment.too-large`; `input.invalid` if it is empty or breaks off */
export async function receive(
  directory: string,
  source: AsyncIterable<Buffer>,
  most: number,
): Promise<Received> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, randomUUID());
  const key = randomBytes(32);
  const hash = createHash('sha256');
  let bytes = 0;
  let head = Buffer.alloc(0);
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of whole(source)) {
      bytes += chunk.length;
      if (bytes > most) throw tooLarge(most);
      hash.update(chunk);
      if (head.length < headLength) head = Buffer.concat([head, chunk.subarray(0, headLength - head.length)]);
      yield chunk;
    }
  };
  const drop = (): Promise<void> => rm(path, { force: true });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const piece of sealed(key, counted())) await file.write(piece);
    } finally {
      await file.close();
    }
    if (bytes === 0) throw new Refusal('input.invalid', '文件是空的', { remedy: '换一个文件' });
  } catch (error) {
    await drop();
    throw error;
  }
  return { bytes, sha256: hash.digest('hex'), head, read: () => opened(key, createReadStream(path)), drop };
}

async function* whole(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* source;
  } catch (cause) {
    throw new Refusal('input.invalid', '文件没有传完', { remedy: '网络恢复以后再传一次', cause });
  }
}

export const tooLarge = (most: number): Refusal =>
  new Refusal('attachment.too-large', `文件超过 ${Math.floor(most / 1024 / 1024)} MiB`, {
    remedy: '照片请在手机上选“中等”大小；文件分成几个，或者另行送交',
  });

/** Removes files of killed programs that are older than a day. */
export async function sweepReceived(directory: string, before: Date): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtime < before) await rm(path, { force: true });
  }
}
