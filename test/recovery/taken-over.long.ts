/**
 * A program that holds cases in an open transaction and is killed gives them back at once; one that is stopped does so
 * when its lease ends. Another program fires them, and the one that wakes up again finds nothing left to do twice.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import pg from 'pg';
import {
  clockTo,
  createPrograms,
  neglectedSystem,
  openNeglectedCases,
  verdictOn,
  type Programs,
} from '../support/escalation.js';
import type { SchedulerReport } from '../support/scheduler-program.js';
import { useSystem, type TestSystem } from '../support/system.js';

const cases = 1000;
/** Everything is due from the start. */
const clock = {
  origin: clockTo.toISOString(),
  from: clockTo.toISOString(),
  to: clockTo.toISOString(),
  speed: 0,
};

describe('a program that holds cases and no longer moves', () => {
  const killed = useSystem({ shipped: false });
  const stopped = useSystem({ shipped: false });
  let watcher: pg.Client;
  afterEach(() => watcher.end());

  const watch = async (system: TestSystem): Promise<void> => {
    watcher = new pg.Client({ connectionString: system.database.url });
    await watcher.connect();
  };

  const programOn = (system: TestSystem, applicationName: string, lease: string): Programs => {
    const url = new URL(system.database.url);
    url.searchParams.set('options', `-c idle_in_transaction_session_timeout=${lease}`);
    return createPrograms({ url: url.href, applicationName, batch: 200, clock });
  };

  it('事务开着时被 kill -9:占着的工单随连接归还,另一程序接着办,一件不漏、不重', async function () {
    this.timeout(120_000);
    await neglectedSystem(killed(), cases);
    await watch(killed());
    // A lease of an hour: whoever takes the cases over within this test did not wait for it.
    const first = programOn(killed(), 'first', '1h');
    const second = programOn(killed(), 'second', '1h');
    try {
      const victim = await first.start();
      expect(await stoppedHolding(victim, 'first')).to.be.greaterThan(0);
      const exited = once(victim, 'exit');
      victim.kill('SIGKILL');
      await exited;
      await workedOff(second);
    } finally {
      await Promise.all([first.stop(), second.stop()]);
    }
    await expectEachOnce(killed(), cases);
  });

  it('事务开着时停住(SIGSTOP):租期一到另一程序接着办;醒来的程序不重办,继续工作', async function () {
    this.timeout(120_000);
    await neglectedSystem(stopped(), cases);
    await watch(stopped());
    const first = programOn(stopped(), 'first', '3s');
    const second = programOn(stopped(), 'second', '3s');
    let sleeper: ChildProcess | undefined;
    try {
      sleeper = await first.start();
      const held = await stoppedHolding(sleeper, 'first');
      expect(held).to.be.greaterThan(0);
      await workedOff(second);
      await second.stop();

      await openNeglectedCases(stopped(), cases + 100, cases);
      const reports = first.reports();
      sleeper.kill('SIGCONT');
      await untilNothingIsDue(reports);
      expect(sleeper.exitCode).to.equal(null);
    } finally {
      sleeper?.kill('SIGCONT');
      await Promise.all([first.stop(), second.stop()]);
    }
    await expectEachOnce(stopped(), cases + 100);
  });

  /** Stops the program at a moment at which its transaction is open and holds cases; answers how many. */
  async function stoppedHolding(program: ChildProcess, applicationName: string): Promise<number> {
    for (;;) {
      program.kill('SIGSTOP');
      while ((await stateOf(applicationName)) === 'active');
      if ((await stateOf(applicationName)) === 'idle in transaction') {
        const held = await heldCases();
        if (held > 0) return held;
      }
      program.kill('SIGCONT');
      if (program.exitCode !== null || (await dueDeadlines()) === 0) return 0;
    }
  }

  /** Of the backend, if any, that is not idle. */
  async function stateOf(applicationName: string): Promise<string | undefined> {
    const { rows } = await watcher.query<{ state: string }>(
      `SELECT state FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = $1 AND state <> 'idle'`,
      [applicationName],
    );
    return rows[0]?.state;
  }

  async function heldCases(): Promise<number> {
    const { rows } = await watcher.query<{ held: number }>(
      `WITH free AS (SELECT 1 FROM hotline.process_case FOR UPDATE SKIP LOCKED)
       SELECT (SELECT count(*) FROM hotline.process_case)::int - (SELECT count(*) FROM free)::int AS held`,
    );
    return rows[0]?.held ?? 0;
  }

  /** Starts a program and lets it work until nothing is due, whoever held it. */
  async function workedOff(programs: Programs): Promise<void> {
    const reports = programs.reports();
    await programs.start();
    await untilNothingIsDue(reports);
  }

  async function untilNothingIsDue(reports: AsyncIterable<SchedulerReport>): Promise<void> {
    for await (const report of reports) {
      if (report.kind === 'failed') throw new Error(report.message);
      if (report.kind === 'round' && report.advanced === 0 && (await dueDeadlines()) === 0) return;
    }
  }

  async function dueDeadlines(): Promise<number> {
    const { rows } = await watcher.query<{ due: number }>(
      'SELECT count(*)::int AS due FROM hotline.deadline WHERE claim_at <= $1',
      [clockTo],
    );
    return rows[0]?.due ?? -1;
  }
});

async function expectEachOnce(system: TestSystem, count: number): Promise<void> {
  const { different, levels, ...rest } = await verdictOn(system, count);
  expect(different.slice(0, 3)).to.deep.equal([]);
  expect(rest).to.deep.equal({ brokenChains: [], incidents: 0, stillDue: 0 });
  expect(levels.accountability).to.equal(count);
}
