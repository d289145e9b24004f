/** What the checks know, from what ships with the program. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckContext } from '../../src/compliance/index.js';
import { createHandlers } from '../../src/handlers/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';

const processes = join(packageRoot, 'processes');

export const shippedDiagrams = readdirSync(processes)
  .filter((file) => file.endsWith('.bpmn'))
  .map((file) => ({ file, xml: readFileSync(join(processes, file), 'utf8') }));

export const checkContext = (): CheckContext => ({
  stage: 'drawing',
  norms: [],
  inForce: shippedDiagrams.map(({ xml }) => xml),
  handlers: createHandlers().names(),
  calendar: { from: '2018-01-01', days: '' },
  policies: [],
  roles: [],
});
