/** Reads diagrams by path, and the shipped ones. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedProcesses } from '../casework/index.js';
import { packageRoot } from '../kernel/package-root.js';
import { readBytes } from './read-bytes.js';

/** @throws {Refusal} `file.unreadable`, `input.too-large` */
export const readDiagrams = (paths: readonly string[]): Promise<readonly string[]> =>
  Promise.all(paths.map(async (path) => (await readBytes(path)).toString('utf8')));

export const shippedDiagrams = (): Promise<readonly string[]> =>
  Promise.all(
    shippedProcesses.map((name) => readFile(join(packageRoot, 'processes', `${name}.bpmn`), 'utf8')),
  );
