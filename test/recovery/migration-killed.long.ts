/** The program that migrates running cases is killed: another finishes, and nothing is done twice. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { packageText } from '../../src/kernel/package-content.js';
import { deploy } from '../../src/engine/index.js';
import {
  approveMigration,
  proposeMigration,
  readCaseMigration,
  runMigration,
} from '../../src/design/governance/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtTestProgram } from '../support/built-program.js';
import { somebody } from '../support/people.js';
import { useSystem } from '../support/system.js';

const cases = 240;

describe('kill -9 in the middle of a move to a new version', () => {
  const system = useSystem({ at: '2026-03-02T10:00:00+08:00' });
  let migration = 0;
  let task = '';
  const progress = () =>
    system().database.transaction((transaction) => readCaseMigration(transaction, migration));

  before(async () => {
    const at = system().clock.now();
    await system().executor.execute(
      Array.from({ length: cases }, (_, index) => ({
        kind: 'start' as const,
        businessKey: `换版-${index}`,
        process: 'handling',
        realm: 'live' as const,
        at,
        variables: {
          channel: 'phone',
          kind: 'help',
          wishesReply: true,
          confidential: false,
          unit: '市城管局',
        },
      })),
    );
    const { rows } = await system().database.pool.query<{ element: string }>(
      'SELECT DISTINCT element FROM hotline.task',
    );
    expect(rows).to.have.length(1);
    task = rows[0]?.element ?? '';
    const source = packageText('processes/handling.bpmn', packageRoot);
    const renamed = source.replaceAll(new RegExp(`\\b${task}\\b`, 'g'), `${task}_New`);
    await deploy({ ...system(), journal: system().trail }, renamed);
    const mapping = { [task]: `${task}_New` };
    const request = { key: 'handling', from: 1, to: 2, mapping, reason: '改名' };
    migration = await proposeMigration(system(), request, somebody('jia', '甲（jia）'));
    await approveMigration(system(), migration, '同意', somebody('yi', '乙（yi）'));
    await runMigration(system(), migration, somebody('yi', '乙（yi）'));
  });

  it('别的程序接着做完：每件工单恰好换一次，轨迹各有一条', async function () {
    this.timeout(240_000);
    const child = fork(await builtTestProgram('recompute-program.ts'), [system().database.url], {
      execArgv: [],
    });
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    while (child.exitCode === null && (await progress()).moved === 0);
    child.kill('SIGKILL');
    expect((await ended)[1]).to.equal('SIGKILL');
    const left = await progress();
    expect(left.moved, 'moved by the killed program').to.be.within(1, cases - 1);
    expect(left.state).to.equal('running');

    const stopping = new AbortController();
    const running = createJobRunner({
      database: system().database,
      clock: system().clock,
      jobs: system().jobs,
      onError: (error) => expect.fail(String(error)),
    }).run(stopping.signal);
    try {
      while ((await progress()).state === 'running');
    } finally {
      stopping.abort();
      await running;
    }
    expect(await progress()).to.include({ state: 'finished', moved: cases, stayed: 0 });
    const { rows } = await system().database.pool.query<{ streams: number; most: number }>(
      `SELECT count(*)::int AS streams, max(n)::int AS most FROM (
         SELECT stream, count(*) AS n FROM hotline.trail_entry WHERE type = 'case.migrated' GROUP BY stream) told`,
    );
    expect(rows).to.deep.equal([{ streams: cases, most: 1 }]);
    // The killed program used the real clock: overdue timers have fired, and other tasks are open.
    const { rows: tasks } = await system().database.pool.query<{ element: string; count: number }>(
      'SELECT element, count(*)::int AS count FROM hotline.task WHERE element = ANY($1) GROUP BY 1',
      [[task, `${task}_New`]],
    );
    expect(tasks).to.deep.equal([{ element: `${task}_New`, count: cases }]);
  });
});
