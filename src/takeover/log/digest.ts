import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** SHA-256 of a file, hex; for a folder, of the list of its files' names and digests, one per line, sorted by name. */
export async function digestOfLog(path: string): Promise<string> {
  if (!(await stat(path)).isDirectory()) return digestOfFile(path);
  const hash = createHash('sha256');
  for (const name of (await readdir(path)).sort())
    hash.update(`${name} ${await digestOfFile(join(path, name))}\n`);
  return hash.digest('hex');
}

export async function digestOfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
