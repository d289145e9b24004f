/** The job queue on a real database: transactional, once per key, retried after a failure. */
import { mock } from 'node:test';
import { expect } from 'chai';
import { afterEach } from 'mocha';
import { z } from 'zod';
import {
  addJobQuietly,
  addJobs,
  createJobRunner,
  defineJob,
  handled,
  type JobHandler,
} from '../../../src/platform/jobs/index.js';
import { systemClock } from '../../../src/kernel/index.js';
import { useDatabase } from '../../support/database.js';

const greet = defineJob('test.greet', z.object({ name: z.string() }), {
  attempts: 3,
  title: '问候',
  subject: ({ name }) => name,
});
type Greeting = z.infer<typeof greet.payload>;

describe('任务队列', () => {
  const database = useDatabase();
  const worked: string[] = [];
  const runner = (handler: JobHandler<Greeting>) =>
    createJobRunner({
      database: database(),
      clock: systemClock,
      jobs: [handled(greet, handler)],
      onError: (error) => expect.fail(String(error)),
    });
  const greeting = () => runner(({ name }) => Promise.resolve(void worked.push(name)));
  const add = (...names: string[]) =>
    database().transaction((transaction) => {
      addJobs(
        transaction,
        greet,
        names.map((name) => ({ payload: { name } })),
      );
      return Promise.resolve();
    });

  afterEach(async () => {
    mock.timers.reset();
    worked.length = 0;
    await database().pool.query('DELETE FROM hotline_jobs._private_jobs');
  });

  it('事务提交，任务才在；事务回滚，任务不在', async () => {
    const failed = await database()
      .transaction((transaction) => {
        addJobs(transaction, greet, [{ payload: { name: '回滚' } }]);
        return Promise.reject(new Error('不提交'));
      })
      .catch((error: Error) => error.message);
    await add('甲', '乙');
    await greeting().runDue();
    expect(failed).to.equal('不提交');
    expect(worked).to.have.members(['甲', '乙']);
  });

  it('同一个键的任务只留后一件', async () => {
    await database().transaction((transaction) => {
      for (const name of ['先', '后']) addJobs(transaction, greet, [{ payload: { name }, key: '同一件事' }]);
      return Promise.resolve();
    });
    await greeting().runDue();
    expect(worked).to.deep.equal(['后']);
  });

  it('失败的任务等一会儿再试，一次比一次久；试满次数留下错误，不再试', async () => {
    let tries = 0;
    const failing = runner(() => {
      tries += 1;
      return Promise.reject(new Error(`第 ${tries} 次没有成功`));
    });
    await add('丙');
    await failing.runDue();
    await failing.runDue();
    expect(tries, '等待期间不再试').to.equal(1);
    const waits: number[] = [];
    while (tries < 3) {
      const runAt = (await jobs())[0]?.runAt ?? expect.fail('no job');
      waits.push(runAt.getTime() - systemClock.now().getTime());
      mock.timers.reset();
      mock.timers.enable({ apis: ['Date'], now: runAt.getTime() + 1 });
      await failing.runDue();
    }
    mock.timers.setTime(Date.now() + 86_400_000);
    await failing.runDue();
    expect(tries).to.equal(3);
    expect(waits[1]).to.be.greaterThan(waits[0] ?? Infinity);
    expect(await jobs()).to.containSubset([{ attempts: 3, error: '第 3 次没有成功' }]);
  });

  it('约定时刻之前不做', async () => {
    const later = new Date(Date.now() + 3_600_000);
    await database().transaction((transaction) => {
      addJobs(transaction, greet, [{ payload: { name: '一小时后' }, runAt: later }]);
      return Promise.resolve();
    });
    await greeting().runDue();
    expect(worked).to.deep.equal([]);
    mock.timers.enable({ apis: ['Date'], now: later.getTime() });
    await greeting().runDue();
    expect(worked).to.deep.equal(['一小时后']);
  });

  it('运行中的程序一有任务就做，停止时等手上的做完', async () => {
    const stopping = new AbortController();
    let finish = (): void => undefined;
    const started = new Promise<void>((begun) => {
      const slow = runner(async ({ name }) => {
        begun();
        await new Promise<void>((resolve) => (finish = resolve));
        worked.push(name);
      });
      void slow.run(stopping.signal).then(() => worked.push('停了'));
    });
    await add('丁');
    await started;
    stopping.abort();
    finish();
    await until(() => worked.includes('停了'));
    expect(worked).to.deep.equal(['丁', '停了']);
    expect(await jobs()).to.deep.equal([]);
  });

  it('悄悄放入的任务也在事务里，同时放入第一件的都在，提交时不惊动别的提交', async () => {
    const whisper = defineJob('test.whisper', greet.payload, {
      attempts: 3,
      title: '低语',
      subject: () => '',
    });
    const heard: string[] = [];
    const listener = await database().pool.connect();
    listener.on('notification', ({ channel }) => heard.push(channel));
    await listener.query('LISTEN "jobs:insert"');
    await Promise.all(
      ['甲', '乙', '丙'].map((name) =>
        database().transaction(async (transaction) => {
          await transaction.query('SELECT 1');
          addJobQuietly(transaction, whisper, { name });
        }),
      ),
    );
    expect((await jobs()).length).to.equal(3);
    await listener.query('SELECT 1');
    expect(heard).to.deep.equal([]);
    await add('丁');
    await listener.query('SELECT 1');
    await until(() => heard.length > 0);
    await listener.query('UNLISTEN *');
    listener.removeAllListeners('notification');
    listener.release();
    await createJobRunner({
      database: database(),
      clock: systemClock,
      jobs: [handled(whisper, ({ name }) => Promise.resolve(void worked.push(name)))],
      onError: (error) => expect.fail(String(error)),
    }).runDue();
    expect(worked).to.have.members(['甲', '乙', '丙']);
  });

  const jobs = async () =>
    (
      await database().pool.query<{ attempts: number; error: string; runAt: Date }>(
        'SELECT attempts, last_error AS error, run_at AS "runAt" FROM hotline_jobs._private_jobs',
      )
    ).rows;
});

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await systemClock.sleep(10);
}
