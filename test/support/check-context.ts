/** What the checks know, from what ships with the program. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageText } from '../../src/kernel/package-content.js';
import { shippedCheckContext } from '../../src/design/checking/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';

const processes = join(packageRoot, 'processes');

export const shippedDiagrams = readdirSync(processes)
  .filter((file) => file.endsWith('.bpmn'))
  .map((file) => ({ file, xml: packageText(`processes/${file}`, packageRoot) }));

export const checkContext = shippedCheckContext('2026-11-25');
