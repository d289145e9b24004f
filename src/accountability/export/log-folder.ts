/**
 * Writes the whole trail to a folder that `verifier/verify.mjs log` reads: entries in tree order,
 * latest checkpoint, checkpoint of the second tree, witnessed checkpoints and the signing keys. It
 * streams, so memory stays bounded.
 */
import { mkdir, open, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../platform/database/index.js';
import { witnessedHourly } from '../store/cosignature-store.js';
import { bodiesBelow } from '../store/evidence-store.js';
import { withoutLimits } from '../store/log-store.js';
import type { Signed } from './evidence.js';
import { policyOf } from './policy.js';

export interface LogOrder {
  readonly database: Database;
  readonly signed: Signed;
  /** The current signer. */
  readonly vkey: string;
  /** Called with the number of entries written. */
  readonly onProgress?: (entries: number) => void;
}

/** @param folder must not exist; it is complete when this returns @returns number of entries */
export async function writeLogFolder(
  { database, signed, vkey, onProgress }: LogOrder,
  folder: string,
): Promise<number> {
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(join(part, 'witnessed'), { recursive: true, mode: 0o700 });
  try {
    const earlier = await database.transaction((transaction) =>
      witnessedHourly(transaction, signed.checkpoint.size),
    );
    const count = await writeEntries(
      database,
      signed.checkpoint.size,
      join(part, 'entries.jsonl'),
      onProgress,
    );
    await writeFile(join(part, 'checkpoint'), signed.note);
    await writeFile(join(part, 'policy'), policyOf(signed, earlier, vkey));
    for (const { size, note } of earlier) await writeFile(join(part, 'witnessed', `${size}.note`), note);
    if (signed.second) {
      await mkdir(join(part, 'sm'));
      await writeFile(join(part, 'sm', 'checkpoint'), signed.second.note);
    }
    await rename(part, folder);
    return count;
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

const newline = Buffer.from('\n');

async function writeEntries(
  database: Database,
  size: number,
  file: string,
  onProgress: (entries: number) => void = () => undefined,
): Promise<number> {
  const handle: FileHandle = await open(file, 'wx', 0o600);
  try {
    return await database.transaction(async (transaction) => {
      await withoutLimits(transaction);
      let count = 0;
      for await (const bodies of bodiesBelow(transaction, size)) {
        await handle.writev(bodies.flatMap((body) => [body, newline]));
        onProgress((count += bodies.length));
      }
      return count;
    });
  } finally {
    await handle.close();
  }
}
