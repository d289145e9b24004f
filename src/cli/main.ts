/** Entry point of `bin/hotline.mjs`; the only file with process-wide effects. */
import { createProgram, runProgram } from './program.js';
import { report } from './frame/report.js';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader (`| head`) has closed the pipe; the work itself continues.
    if (error.code !== 'EPIPE') throw error;
  });
}

process.on('uncaughtException', (error) => {
  report(error);
  process.exit();
});

await runProgram(createProgram(), process.argv.slice(2));
