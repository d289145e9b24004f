/** The pages that the program writes. `npx tsx test/docs/reference.ts` writes them anew. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checks } from './checks.js';
import { commands } from './commands.js';
import { configuration } from './configuration.js';
import { diagram } from './diagram.js';
import { engineDifferences } from './engine-differences.js';
import { entries } from './entries.js';
import { errors } from './errors.js';
import { fragments } from './fragments.js';
import { handlers } from './handlers.js';
import { interfaces } from './interfaces.js';
import { newCity } from './new-city.js';
import { packageParts } from './package-parts.js';
import { fileOf, written } from './page.js';
import { processes } from './processes.js';

export const pages = [
  ...[checks, commands, configuration, diagram, engineDifferences],
  ...[entries, errors, fragments, handlers, interfaces, newCity, packageParts, processes],
];

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const page of pages) writeFileSync(fileOf(page), await written(page));
