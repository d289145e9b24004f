/** The program that recomputes after a schedule is killed: another finishes, and nothing is done twice. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import { listRecomputations, type Recomputation } from '../../src/calendar/index.js';
import { loadCalendarNotice, readNoticeFile } from '../../src/cases/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { builtTestProgram } from '../support/built-program.js';
import { document2027, notice2027 } from '../support/notice-2027.js';
import { useSystem } from '../support/system.js';

const cases = 600;

describe('kill -9 in the middle of a recomputation', () => {
  const system = useSystem({ at: '2026-12-24T10:00:00+08:00' });
  const progress = async (): Promise<Recomputation> => {
    const [found] = await system().database.transaction(listRecomputations);
    return found ?? expect.fail('nothing was ordered');
  };

  before(async () => {
    const at = system().clock.now();
    const variables = {
      channel: 'phone',
      kind: 'help',
      wishesReply: true,
      confidential: false,
      unit: '市城管局',
    };
    await system().executor.execute(
      Array.from({ length: cases }, (_, index) => ({
        kind: 'start' as const,
        businessKey: `重算-${index}`,
        process: 'handling',
        realm: 'live' as const,
        at,
        variables,
      })),
    );
    // Yellow cards have been given by the calendar that is known till then.
    system().clock.moveTo(new Date('2026-12-31T09:00:00+08:00'));
    while ((await system().executor.fireDue(200)) > 0);
    const file = readNoticeFile(Buffer.from(JSON.stringify(notice2027)), '安排.json', document2027);
    await loadCalendarNotice(system(), file, '测试员');
  });

  it('第二十四条：别的程序接着做完，每个期限移动一条、每张牌撤销一条，不多不少', async function () {
    this.timeout(240_000);
    const child = fork(await builtTestProgram('recompute-program.ts'), [system().database.url], {
      execArgv: [],
    });
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    while (child.exitCode === null && (await progress()).done === 0);
    child.kill('SIGKILL');
    expect((await ended)[1]).to.equal('SIGKILL');
    const left = await progress();
    expect(left.done, 'done by the killed program').to.be.within(1, cases - 1);
    expect(left.finishedAt).to.equal(undefined);

    const stopping = new AbortController();
    const running = createJobRunner({
      database: system().database,
      clock: system().clock,
      jobs: system().jobs,
      onError: (error) => expect.fail(String(error)),
    }).run(stopping.signal);
    try {
      while (!(await progress()).finishedAt);
    } finally {
      stopping.abort();
      await running;
    }

    // Reply limit and red card move; the yellow card was given too early and is armed again.
    expect(await progress()).to.include({ done: cases, moved: 2 * cases, revoked: cases });
    const { rows } = await system().database.pool.query<{ type: string; each: number; streams: number }>(
      `SELECT type, min(n)::int AS each, count(*)::int AS streams FROM (
         SELECT stream, type, convert_from(body, 'UTF8')::jsonb ->> 'of' AS of, count(*) AS n FROM hotline.trail_entry
          WHERE type IN ('deadline.recomputed', 'escalation.revoked', 'deadline.rearmed')
          GROUP BY 1, 2, 3) told GROUP BY type, n ORDER BY type`,
    );
    expect(rows).to.deep.equal([
      { type: 'deadline.rearmed', each: 1, streams: cases },
      { type: 'deadline.recomputed', each: 1, streams: 2 * cases },
      { type: 'escalation.revoked', each: 1, streams: cases },
    ]);
  });
});
