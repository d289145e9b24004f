/** What the checks know, from what ships with the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedCheckContext } from '../../src/design/checking/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';

const processes = join(packageRoot, 'processes');

export const shippedDiagrams = readdirSync(processes)
  .filter((file) => file.endsWith('.bpmn'))
  .map((file) => ({ file, xml: readFileSync(join(processes, file), 'utf8') }));

export const checkContext = shippedCheckContext('2026-11-25');
