/** A program that takes a job and never ends it, for tests that kill it: reports the job to its parent. */
import { z } from 'zod';
import { createJobRunner, defineJob, handled } from '../../src/platform/jobs/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { openDatabase } from '../../src/platform/database/index.js';

export const markJob = defineJob('test.mark', z.object({ number: z.int() }), {
  attempts: 3,
  title: '记号',
  subject: ({ number }) => String(number),
});

if (process.argv[1] === import.meta.filename) {
  const database = await openDatabase({ applicationName: 'job-program', url: process.argv[2] ?? '' });
  const hold = handled(markJob, ({ number }) => {
    process.send?.({ number });
    return new Promise(() => undefined);
  });
  const runner = createJobRunner({
    database,
    clock: systemClock,
    jobs: [hold],
    onError: (error) => console.error(error),
    lease: 2000,
  });
  await runner.run(new AbortController().signal);
}
