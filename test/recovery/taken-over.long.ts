/**
 * A program that holds cases in an open transaction and is killed releases them at once; a stopped
 * one does when its lease ends. Another program fires them, and the awakened one finds nothing
 * left.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
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
import { verifyTrail } from '../../src/accountability/index.js';
import { deploy, loadCases, stateDigest, type Executor } from '../../src/engine/index.js';
import type { EngineRound } from '../support/engine-program.js';
import { killedAt } from '../support/killed-at.js';
import { anotherProgram, handlersOf, useSystem, type TestSystem } from '../support/system.js';

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

  it('事务开着时被 kill -9：占着的工单随连接归还，另一程序接着办，一件不漏、不重', async function () {
    this.timeout(120_000);
    await neglectedSystem(killed(), cases);
    await watch(killed());
    // A lease of an hour, so that nobody in this test takes over the cases by waiting for it.
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

  it('事务开着时停住（SIGSTOP）：租期一到另一程序接着办；醒来的程序不重办，继续工作', async function () {
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

  /** Stops the program while its transaction is open and holds cases; returns their number. */
  async function stoppedHolding(program: ChildProcess, applicationName: string): Promise<number> {
    for (;;) {
      program.kill('SIGSTOP');
      while ((await stateOf(applicationName)) === 'active');
      if ((await stateOf(applicationName)) === 'idle in transaction') {
        const held = await lockedCases();
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

  async function lockedCases(): Promise<number> {
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

const head = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1">`;
/** A start every hour, a signal that reaches cases repeatedly and starts one, and a stuck limit. */
const started = `${head}<signal id="flood" name="flood"/>
<process id="hourly"><startEvent id="tick"><timerEventDefinition><timeCycle>R/2026-03-04T12:00:00+08:00/PT1H</timeCycle></timerEventDefinition></startEvent><userTask id="count"/>
  <sequenceFlow id="a" sourceRef="tick" targetRef="count"/></process>
<process id="caller"><startEvent id="s1"/><endEvent id="shout"><signalEventDefinition signalRef="flood"/></endEvent><sequenceFlow id="b" sourceRef="s1" targetRef="shout"/></process>
<process id="hearer"><startEvent id="s2"/><intermediateCatchEvent id="odd"><signalEventDefinition signalRef="flood"/></intermediateCatchEvent><intermediateCatchEvent id="even"><signalEventDefinition signalRef="flood"/></intermediateCatchEvent>
  <sequenceFlow id="c" sourceRef="s2" targetRef="odd"/><sequenceFlow id="d" sourceRef="odd" targetRef="even"/><sequenceFlow id="e" sourceRef="even" targetRef="odd"/></process>
<process id="alarm"><startEvent id="heard"><signalEventDefinition signalRef="flood"/></startEvent><userTask id="warn"/><sequenceFlow id="f" sourceRef="heard" targetRef="warn"/></process>
<process id="stall"><startEvent id="s3"/><userTask id="work"/><boundaryEvent id="late" attachedToRef="work"><timerEventDefinition><timeDuration>PT1M</timeDuration></timerEventDefinition></boundaryEvent>
  <exclusiveGateway id="which"/><userTask id="rescue"/><sequenceFlow id="g" sourceRef="s3" targetRef="work"/><sequenceFlow id="h" sourceRef="late" targetRef="which"/>
  <sequenceFlow id="i" sourceRef="which" targetRef="rescue"><conditionExpression>= mended = true</conditionExpression></sequenceFlow></process></definitions>`;

describe('what begins by itself and what cannot go on, killed at a statement', () => {
  const system = useSystem({ shipped: false, handlers: handlersOf({}), at: '2026-03-04T12:00:00+08:00' });

  it('定时的一个时刻只开一件，每个信号各听一次，异常各开一次、了结一次，几个程序接着也一样', async function () {
    this.timeout(300_000);
    await deploy({ ...system(), journal: system().trail }, started);
    const start = async (businessKey: string, process: string): Promise<string> => {
      const at = system().clock.now();
      const command = { kind: 'start', businessKey, process, realm: 'live', at } as const;
      const [answer] = await system().executor.execute([command]);
      return answer?.file?.id ?? '';
    };
    const hearers = ['甲', '乙', '丙', '丁', '戊'];
    for (const key of hearers) await start(key, 'hearer');
    const programs = [system().executor, anotherProgram(system()), anotherProgram(system())];
    const together = (round: (program: Executor) => Promise<number>) =>
      Promise.all(
        programs.map(async (program) => {
          while ((await round(program)) > 0);
        }),
      );
    const held: string[] = [];
    let kills = 0;
    for (let step = 2; step <= 58; step += 8) {
      held.push(await start(`停 ${step}`, 'stall'));
      await start(`喊 ${step}`, 'caller');
      system().clock.moveTo(new Date(system().clock.now().getTime() + 3_600_000));
      const { aside, database, ring, clock } = system();
      const round: EngineRound = {
        ...{ url: database.url, folder: dirname(aside), ring, step, at: clock.now().toISOString() },
      };
      if ((await killedAt('engine-program.ts', JSON.stringify(round))) === 'SIGKILL') kills += 1;
      await together((program) => program.startDue(10));
      await together((program) => program.spreadSignal(2));
      await together((program) => program.fireDue(10));
    }
    expect(kills, 'kills').to.be.at.least(6);
    const at = system().clock.now();
    const files = await system().database.transaction((transaction) => loadCases(transaction, held));
    const set = { kind: 'set', name: 'mended', value: true, instance: null, token: null } as const;
    const mended = [...files.values()].map((file) => ({
      ...({ kind: 'intervene', act: set, actor: '乙', body: { proposal: 1, proposedBy: '甲' } } as const),
      ...{ caseId: file.id, at, basedOn: stateDigest(file) },
    }));
    // Approved in three programs at once, it is done once.
    await Promise.all(programs.map((program) => program.execute(mended)));
    await together((program) => program.fireDue(10));

    const rounds = held.length;
    const count = async (sql: string) =>
      (
        await system().database.transaction((transaction) =>
          transaction.query<{ stream: string; n: number }>(sql),
        )
      ).map(({ n }) => n);
    const byType = (type: string, like: string) =>
      count(
        `SELECT stream, count(*)::int AS n FROM hotline.trail_entry WHERE type = '${type}' AND stream LIKE '${like}' GROUP BY stream`,
      );
    const each = (cases: number, times: number) => Array.from({ length: cases }, () => times);
    expect(await byType('instance.started', '定时:hourly:%')).to.deep.equal(each(rounds, 1));
    expect(await byType('instance.started', '信号:alarm:%')).to.deep.equal(each(rounds, 1));
    expect(await byType('signal.received', '_')).to.deep.equal(each(hearers.length, rounds));
    for (const type of ['incident.opened', 'incident.closed', 'timer.fired', 'variable.corrected'])
      expect(await byType(type, '停 %'), type).to.deep.equal(each(rounds, 1));
    expect((await verifyTrail(system())).findings).to.deep.equal([]);
  });
});
