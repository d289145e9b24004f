/** A program is killed, or stalls, during a job: another takes over, long before graphile-worker's own four hours. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { addJobs, createJobRunner, handled } from '../../src/platform/jobs/index.js';
import { systemClock } from '../../src/kernel/index.js';
import { builtTestProgram } from '../support/built-program.js';
import { useDatabase } from '../support/database.js';
import { markJob } from '../support/job-program.js';

/** Milliseconds; a lease is 15 seconds. */
const patience = 60_000;

describe('a worker that is killed or stands still', () => {
  const database = useDatabase();

  const takenOverAfter = async (signal: 'SIGKILL' | 'SIGSTOP'): Promise<void> => {
    const child = fork(await builtTestProgram('job-program.ts'), [database().url], { execArgv: [] });
    await database().transaction((transaction) => {
      addJobs(transaction, markJob, [{ payload: { number: 7 } }]);
      return Promise.resolve();
    });
    expect((await once(child, 'message'))[0]).to.deep.equal({ number: 7 });

    const stopping = new AbortController();
    let running: Promise<void> | undefined;
    const taken = new Promise<{ number: number; attempt: number }>((resolve) => {
      running = createJobRunner({
        database: database(),
        clock: systemClock,
        jobs: [handled(markJob, ({ number }, { attempt }) => Promise.resolve(resolve({ number, attempt })))],
        onError: (error) => expect.fail(String(error)),
      }).run(stopping.signal);
    });
    try {
      child.kill(signal);
      const late = once(AbortSignal.timeout(patience), 'abort').then(() =>
        expect.fail(`${patience / 1000} 秒以后还没有别的程序接着做`),
      );
      expect(await Promise.race([taken, late])).to.deep.equal({ number: 7, attempt: 2 });
    } finally {
      stopping.abort();
      await running;
      child.kill('SIGKILL');
    }
    const { rows } = await database().pool.query(
      'SELECT id FROM hotline_jobs._private_jobs UNION ALL SELECT 1 FROM hotline.job_worker',
    );
    expect(rows).to.deep.equal([]);
  };

  it('程序在任务中途被杀，别的程序马上接着做，只留下一份', () => takenOverAfter('SIGKILL'));

  it('程序在任务中途停住不动，租期一过别的程序接着做，只留下一份', () => takenOverAfter('SIGSTOP'));
});
