/** A timer in a diagram starts its process: one case per instant, whichever program is first. */
import { expect } from 'chai';
import { createScheduler, deploy } from '../../../src/engine/index.js';
import { plainTrails } from '../../support/entries.js';
import { anotherProgram, handlersOf, useSystem } from '../../support/system.js';

/** On the first of each month at eight, on days off on the next working day: a duty that somebody does. */
const diagram = (rest = '<userTask id="count"/>', timer = monthly) => `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1">
  <process id="monthly" isExecutable="true">
    <startEvent id="first"><timerEventDefinition ${timer}</timerEventDefinition></startEvent>
    ${rest}<endEvent id="done"/>
    <sequenceFlow id="a" sourceRef="first" targetRef="count"/><sequenceFlow id="b" sourceRef="count" targetRef="done"/>
  </process></definitions>`;
const monthly = `duty:unit="working-days"><timeCycle>R/2026-01-01T08:00:00+08:00/P1M</timeCycle>`;
const noWayOut = `<exclusiveGateway id="count"/>`;
/** The only exit of the gateway holds once `mended` is true. */
const stuck = diagram(noWayOut, `><timeDate>2026-07-01T00:00:00+08:00</timeDate>`)
  .replaceAll('monthly', 'stuck')
  .replace(
    /<sequenceFlow id="b".*?\/>/,
    `<sequenceFlow id="b" sourceRef="count" targetRef="done"><conditionExpression>= mended = true</conditionExpression></sequenceFlow>`,
  );

describe('定时的开始事件', () => {
  const system = useSystem({ shipped: false, handlers: handlersOf({}), at: '2026-04-10T10:00:00+08:00' });
  const put = (source: string) => deploy({ ...system(), journal: system().trail }, source);
  const opened = async (process: string) => {
    const rows = await system().database.transaction((transaction) =>
      transaction.query<{ at: Date }>(
        `SELECT c.started_at AS at FROM process_case c WHERE c.business_key LIKE $1 ORDER BY c.started_at`,
        [`定时:${process}:%`],
      ),
    );
    return rows.map(({ at }) => at.toISOString());
  };

  it('到时才开，逢休息日顺延到下一个工作日；几个程序同时来问，一个时刻只开一件', async () => {
    await put(diagram());
    expect(await system().executor.startDue(10)).to.equal(0);
    // 1 May to 5 May are days off, 9 May is not; 1 June is a Monday.
    system().clock.moveTo(new Date('2026-05-06T07:59:59+08:00'));
    expect(await system().executor.startDue(10)).to.equal(0);
    system().clock.moveTo(new Date('2026-05-06T08:00:00+08:00'));
    const programs = [system().executor, ...Array.from({ length: 3 }, () => anotherProgram(system()))];
    const counts = await Promise.all(programs.map((program) => program.startDue(10)));
    expect(counts.reduce((sum, one) => sum + one, 0)).to.equal(1);
    expect(await opened('monthly')).to.deep.equal(['2026-05-06T00:00:00.000Z']);
  });

  it('停机错过的补上，各在自己的时刻；轨迹写明是哪个定时、怎样算出', async () => {
    system().clock.moveTo(new Date('2026-08-02T12:00:00+08:00'));
    expect(await system().executor.startDue(1)).to.equal(1);
    expect(await system().executor.startDue(10)).to.equal(1);
    expect(await system().executor.startDue(10)).to.equal(0);
    expect(await opened('monthly')).to.deep.equal(
      ['2026-05-06', '2026-06-01', '2026-07-01'].map((day) => `${day}T00:00:00.000Z`),
    );
    const key = '定时:monthly:first:20260701T000000Z';
    const [entry] = await system().database.transaction(
      async (transaction) => (await plainTrails(system().trail, transaction, [key])).get(key) ?? [],
    );
    expect(entry?.type).to.equal('instance.started');
    expect(entry?.body).to.deep.include({ timer: 'first', process: 'monthly', waiting: ['count'] });
    expect(entry?.body).to.have.nested.property('derivation.timer.text', 'R/2026-01-01T08:00:00+08:00/P1M');
  });

  it('换了版，从上一次接着算；有次数的，次数满了不再开', async () => {
    await put(diagram(undefined, `><timeCycle>R2/PT12H</timeCycle>`));
    system().clock.moveTo(new Date('2026-08-05T12:00:00+08:00'));
    expect(await system().executor.startDue(10)).to.equal(2);
    expect(await system().executor.startDue(10)).to.equal(0);
    expect((await opened('monthly')).slice(3)).to.deep.equal([
      '2026-08-02T16:00:00.000Z',
      '2026-08-03T04:00:00.000Z',
    ]);
  });

  it('生效以前已过的日子不开；到时走不下去的是异常，接着再试', async () => {
    await put(stuck);
    expect(await system().executor.startDue(10)).to.equal(0);
    await put(stuck.replace('2026-07-01', '2026-09-01'));
    system().clock.moveTo(new Date('2026-09-01T00:00:01+08:00'));
    expect(await system().executor.startDue(10)).to.equal(1);
    const held = () =>
      system().database.transaction((transaction) =>
        transaction.query<{ kind: string; of: string; tries: number }>(
          'SELECT kind, of, tries FROM incident',
        ),
      );
    expect(await held()).to.deep.equal([{ kind: 'timer', of: 'first', tries: 1 }]);
    system().clock.moveTo(new Date('2026-09-01T00:10:00+08:00'));
    await system().executor.fireDue(10);
    expect(await held()).to.deep.equal([{ kind: 'timer', of: 'first', tries: 2 }]);
    expect(await opened('stuck')).to.have.length(1);
  });

  it('调度每一轮自己来问', async () => {
    await put(stuck.replaceAll('stuck', 'asked').replace('2026-07-01', '2026-10-01'));
    system().clock.moveTo(new Date('2026-10-01T00:00:00+08:00'));
    const stopping = new AbortController();
    const { executor } = system();
    await createScheduler({
      clock: system().clock,
      executor: {
        ...executor,
        startDue: (limit) => {
          stopping.abort();
          return executor.startDue(limit);
        },
      },
      onError: (error) => {
        throw error;
      },
    }).run(stopping.signal);
    expect(await opened('asked')).to.deep.equal(['2026-09-30T16:00:00.000Z']);
  });
});
