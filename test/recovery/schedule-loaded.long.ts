/**
 * A schedule is loaded while two programs fire timers and a third starts cases by its cached
 * calendar. Afterwards every case has the new calendar's cards, once, at the right instants; cards
 * of the old calendar are revoked.
 */
import { expect } from 'chai';
import { createDueDates } from '../../src/calendar/index.js';
import { toShanghaiIso } from '../../src/kernel/civil-date.js';
import { loadCalendarNotice, readNoticeFile, recomputeDeadlines } from '../../src/cases/index.js';
import { deploy } from '../../src/engine/index.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { movableClock, systemClock } from '../../src/kernel/index.js';
import { assemble } from '../../src/main.js';
import { createPrograms } from '../support/escalation.js';
import { limitedProcess } from '../support/limited-process.js';
import { document2027, notice2027 } from '../support/notice-2027.js';
import { useSystem, type TestSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';
import type { TimerSpec } from '../../src/kernel/timer-spec.js';

/** Without a handler: the programs have only the shipped ones. */
const diagram = limitedProcess.replace(
  '<bpmn:serviceTask id="yellow" duty:handler="card" duty:level="yellow"/>',
  '<bpmn:intermediateThrowEvent id="yellow" duty:level="yellow"/>',
);
const from = new Date('2026-12-21T00:00:00+08:00');
const to = new Date('2027-01-20T00:00:00+08:00');
const early = 600;
const late = 300;
const hour = 3600 * 1000;

const limit: TimerSpec = { kind: 'duration', text: 'P5D', unit: 'working-days', edge: 'end' };
const warn: TimerSpec = {
  kind: 'duration',
  text: 'P1D',
  unit: 'working-days',
  edge: 'end',
  relative: { direction: 'before', to: limit },
};

describe('a schedule loaded while deadlines fire', () => {
  const system = useSystem({ at: from.toISOString(), shipped: false });

  const start = (executor: TestSystem['executor'], index: number, at: Date) =>
    executor.execute([
      { kind: 'start', businessKey: `载入-${index}`, process: 'limited', realm: 'live', at },
    ]);
  /** Over the week before the change: some cards have been given by then, others not. */
  const startOf = (index: number): Date => new Date(from.getTime() + (index % 240) * hour);

  it('第二十四条：每件工单的升级都是新安排的，各一次；按旧安排给出的都已撤销', async function () {
    this.timeout(240_000);
    await deploy({ ...system(), journal: system().trail }, diagram);
    for (let index = 0; index < early; index++) await start(system().executor, index, startOf(index));
    const programs = createPrograms({
      url: system().database.url,
      applicationName: 'schedule-loaded',
      batch: 20,
      clock: {
        origin: systemClock.now().toISOString(),
        from: new Date('2026-12-29T00:00:00+08:00').toISOString(),
        to: to.toISOString(),
        speed: (22 * 24 * hour) / 25_000,
      },
    });
    const reports = programs.reports();
    let loading: Promise<unknown> | undefined;
    try {
      const started = Promise.all([programs.start(), programs.start()]);
      for await (const report of reports) {
        if (report.kind !== 'round') continue;
        if (!loading && (await someTooEarly())) loading = Promise.all([loadAndRecompute(), startMore()]);
        if (report.advanced > 0 || !report.clockAtEnd || !loading) continue;
        await loading;
        if (await nothingDue()) break;
      }
      await started;
    } finally {
      await programs.stop();
    }
    await verdict();
  });

  async function loadAndRecompute(): Promise<void> {
    system().clock.moveTo(new Date('2027-01-02T00:00:00+08:00'));
    const file = readNoticeFile(Buffer.from(JSON.stringify(notice2027)), '安排.json', document2027);
    const { notice } = await loadCalendarNotice(system(), file, '测试员');
    const found = await recomputeDeadlines(system(), notice);
    expect(found?.finishedAt).not.to.equal(undefined);
    expect(found?.cases, 'cases looked at').to.be.greaterThan(0);
  }

  /** A separate program whose clock stands still, so that it never re-reads the calendar by itself. */
  async function startMore(): Promise<void> {
    const vault = createVault(newKeyRing());
    const other = assemble(system().database, movableClock(from), vault, system());
    for (let index = early; index < early + late; index++) {
      await start(other.executor, index, startOf(index));
    }
  }

  /** By the new schedule no card is issued between the ends of 30 and 31 December, because both days are off. */
  async function someTooEarly(): Promise<boolean> {
    const { rows } = await system().database.pool.query<{ fired: boolean }>(
      "SELECT EXISTS (SELECT 1 FROM hotline.trail_entry WHERE type = 'timer.fired' AND at >= $1) AS fired",
      ['2026-12-31T00:00:00+08:00'],
    );
    return rows[0]?.fired === true;
  }

  async function nothingDue(): Promise<boolean> {
    const { rows } = await system().database.pool.query<{ due: boolean }>(
      "SELECT EXISTS (SELECT 1 FROM hotline.deadline WHERE realm = 'live' AND claim_at <= $1) AS due",
      [to],
    );
    return rows[0]?.due === false;
  }

  async function verdict(): Promise<void> {
    system().calendar.forget();
    await system().database.transaction(system().calendar.refresh);
    const dueDates = createDueDates({ calendar: system().calendar.current() });
    const terms = { policies: system().policies.at(from) };
    const keys = Array.from({ length: early + late }, (_, index) => `载入-${index}`);
    let revocations = 0;
    await system().database.transaction(async (transaction) => {
      const trails = await plainTrails(system().trail, transaction, keys);
      for (const [index, key] of keys.entries()) {
        const trail = trails.get(key) ?? [];
        const revoked = new Set(trail.map(({ body }) => body.revokes));
        revocations += revoked.size - 1;
        const given = trail
          .filter(({ type, seq }) => type === 'timer.fired' && !revoked.has(seq))
          .map(({ at, body }) => `${typeof body.of === 'string' ? body.of : ''} ${toShanghaiIso(at)}`);
        const at = startOf(index);
        const expected = [
          `warn ${toShanghaiIso(dueDates.due(warn, at, terms).at)}`,
          `limit ${toShanghaiIso(dueDates.due(limit, at, terms).at)}`,
        ];
        expect([...given].sort(), key).to.deep.equal(expected.sort());
        expect((await system().trail.verify(transaction, key)).holds, key).to.equal(true);
      }
    });
    expect(revocations, 'revocations').to.be.greaterThan(0);
  }
});
