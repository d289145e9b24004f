/** Exports the whole trail, for full verification on another machine. */
import { readdir } from 'node:fs/promises';
import { signPresentTree, writeLogFolder } from '../../accountability/index.js';
import { Refusal } from '../../kernel/index.js';
import type { TrailExportOrder } from './order-export.js';
import { settled } from './settled.js';
import type { Using } from '../parts.js';

export interface ExportLogDeps extends Using<'clock' | 'database' | 'laws' | 'signer' | 'trail'> {
  /** Asks witnesses to co-sign the checkpoint before it is issued. */
  readonly witness?: () => Promise<unknown>;
}

/**
 * Recorded like any export, before the first byte is written.
 *
 * @param folder new or empty
 * @param onProgress called with the number of entries written
 * @returns number of entries
 * @throws {Refusal} `file.unreadable`, `trail.behind`, `trail.key`
 */
export async function exportLog(
  deps: ExportLogDeps,
  { requester, purpose, exporter }: Pick<TrailExportOrder, 'requester' | 'purpose' | 'exporter'>,
  folder: string,
  onProgress?: (entries: number) => void,
): Promise<number> {
  if ((await readdir(folder).catch(() => [])).length > 0)
    throw new Refusal('file.unreadable', `文件夹 ${folder} 不是空的`, { remedy: '写到一个新的文件夹' });
  const { size } = await settled(deps);
  const body = { format: 'log', requester, purpose, ...exporter, entries: size, size };
  await deps.database.transaction((transaction) =>
    deps.trail.append(transaction, [
      { stream: 'exports', type: 'trail.exported', at: deps.clock.now(), body },
    ]),
  );
  const signed = await signPresentTree(deps);
  const { database, signer } = deps;
  return writeLogFolder(
    { database, signed, vkey: signer.vkey, ...(onProgress ? { onProgress } : {}) },
    folder,
  ).catch((cause: NodeJS.ErrnoException) => {
    if (cause.syscall === undefined) throw cause;
    throw new Refusal('file.unreadable', `文件夹 ${folder} 写不了：${cause.message}`, {
      remedy: '核对路径、权限和余下的空间',
      cause,
    });
  });
}
