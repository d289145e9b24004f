/**
 * Folders of finished exports, named by their number, until they expire. Unfinished exports have
 * another name beside them, so that the leftovers of a killed program never look finished.
 */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptFile } from '../../../accountability/index.js';

export interface ExportFiles {
  /** Lets `write` fill an empty folder; keeps it if complete and removes it if the write fails. */
  keep(id: number, write: (folder: string) => Promise<readonly string[]>): Promise<readonly KeptFile[]>;
  pathOf(id: number, name: string): string;
  /** All folders, with whether they are finished. */
  list(): Promise<readonly { readonly id: number; readonly isFinished: boolean }[]>;
  drop(id: number, isFinished: boolean): Promise<void>;
}

export function exportFiles(directory: string): ExportFiles {
  const folderOf = (id: number): string => join(directory, String(id));
  const partOf = (id: number): string => `${folderOf(id)}.part`;
  const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
  return {
    keep: async (id, write) => {
      await remove(partOf(id));
      await remove(folderOf(id));
      await mkdir(partOf(id), { recursive: true, mode: 0o700 });
      try {
        const names = await write(partOf(id));
        const files = await Promise.all(
          names.map(async (name) => ({ name, bytes: (await stat(join(partOf(id), name))).size })),
        );
        await rename(partOf(id), folderOf(id));
        return files;
      } catch (error) {
        await remove(partOf(id));
        throw error;
      }
    },
    pathOf: (id, name) => join(folderOf(id), name),
    list: async () => {
      const names = await readdir(directory).catch(() => []);
      return names.flatMap((name) => {
        const [, digits, part] = /^(\d+)(\.part)?$/.exec(name) ?? [];
        return digits === undefined ? [] : [{ id: Number(digits), isFinished: part === undefined }];
      });
    },
    drop: (id, isFinished) => remove(isFinished ? folderOf(id) : partOf(id)),
  };
}
