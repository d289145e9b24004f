/** The independent verifier: no dependency, no code of the program that wrote the trail. */
import { realpathSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { main } from './command.mjs';

export { checked } from './check.mjs';
export { verifyBundle } from './bundle.mjs';
export { growingTree, verifyConsistency, verifyInclusion } from './merkle.mjs';
export { unzip, zip } from './zip.mjs';

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
  process.exitCode = main(process.argv.slice(2));
