/** What `bin/hotline.mjs` runs: the only file that touches the whole process. */
import { createProgram, runProgram } from './program.js';
import { report } from './run.js';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read our output (`| head`) has seen enough; the work itself still goes to its end.
    if (error.code !== 'EPIPE') throw error;
  });
}

process.on('uncaughtException', (error) => {
  report(error);
  process.exit();
});

await runProgram(createProgram(), process.argv.slice(2));
