/** A program that works the job queue, for tests that kill it in the middle of a recomputation. */
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { openSystem } from '../../src/main.js';

const system = await openSystem({
  clock: systemClock,
  applicationName: 'recompute-program',
  url: process.argv[2] ?? '',
});
await createJobRunner({
  database: system.database,
  clock: systemClock,
  jobs: system.jobs,
  onError: (error) => console.error(error),
}).run(new AbortController().signal);
