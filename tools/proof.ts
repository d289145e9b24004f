/** `npm run proof -- NAME …` runs `tools/proof/NAME.ts` with what follows the name. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'proof');
const known = readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
const [, , name = ''] = process.argv;
if (known.includes(name)) {
  process.argv.splice(2, 1);
  await import(`./proof/${name}.js`);
} else {
  console.error(`npm run proof -- ${known.join(' | ')}`);
  process.exitCode = 2;
}
