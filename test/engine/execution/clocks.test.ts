/** Limits that handlers move, on the real database: the next step, of any program, uses the stored values. */
import { expect } from 'chai';
import { toShanghaiIso } from '../../../src/kernel/civil-date.js';
import { deploy, type Answer, type ClockMove } from '../../../src/engine/index.js';
import { limitedProcess } from '../../support/limited-process.js';
import { anotherProgram, handlersOf, useSystem } from '../../support/system.js';
import { plainTrails } from '../../support/entries.js';

const moved = limitedProcess
  .replace(
    'attachedToRef="answer" cancelActivity="false">',
    `attachedToRef="answer" cancelActivity="false">
      <bpmn:extensionElements><duty:norm provision="art24.p1" norm="J27" relation="checks"/></bpmn:extensionElements>`,
  )
  .replace('<bpmn:process ', '<bpmn:message id="m1" name="move"/>\n  <bpmn:process ')
  .replace(
    '</bpmn:process>',
    `<bpmn:subProcess id="moving" triggeredByEvent="true">
      <bpmn:startEvent id="told" isInterrupting="false">
        <bpmn:messageEventDefinition id="d1" messageRef="m1"/>
      </bpmn:startEvent>
      <bpmn:sequenceFlow id="f6" sourceRef="told" targetRef="move"/>
      <bpmn:serviceTask id="move" duty:handler="move"/>
      <bpmn:sequenceFlow id="f7" sourceRef="move" targetRef="done"/>
      <bpmn:endEvent id="done"/>
    </bpmn:subProcess>
    </bpmn:process>`,
  );

describe('executor: limits that handlers move', () => {
  const system = useSystem({
    at: '2026-03-02T10:00:00+08:00',
    shipped: false,
    handlers: handlersOf({
      card: () => ({ variables: {} }),
      move: ({ variables }) => ({ clocks: [variables.move as unknown as ClockMove] }),
    }),
  });
  let id = '';

  const rows = async () => {
    const found = await system().database.transaction((transaction) =>
      transaction.query<{
        element: string;
        due_at: Date;
        is_limit: boolean;
        paused: boolean;
        version: number;
      }>('SELECT element, due_at, is_limit, paused, version FROM hotline.deadline ORDER BY element'),
    );
    return found.map((row) => [
      row.element,
      row.paused ? null : toShanghaiIso(row.due_at),
      row.version,
      ...(row.is_limit ? ['limit'] : []),
    ]);
  };
  const level = async () => {
    const [row] = await system().database.transaction((transaction) =>
      transaction.query<{ level: string | null }>('SELECT level FROM hotline.process_case'),
    );
    return row?.level;
  };
  const move = async (
    executor: { execute: ReturnType<typeof system>['executor']['execute'] },
    given: object,
  ) => {
    const [answer] = await executor.execute([
      {
        kind: 'send',
        caseId: id,
        message: 'move',
        at: system().clock.now(),
        variables: { move: { limit: 'limit', ...given } },
      },
    ]);
    return answer as Answer;
  };
  const yellows = async () => {
    const trail = await system().database.transaction((transaction) =>
      plainTrails(system().trail, transaction, ['L1']),
    );
    return (trail.get('L1') ?? [])
      .filter(({ body }) => Array.isArray(body.levels))
      .map(({ at }) => toShanghaiIso(at));
  };
  const moveTo = async (instant: string) => {
    system().clock.moveTo(new Date(instant));
    while ((await system().executor.fireDue(10)) > 0);
  };

  before(async () => {
    await deploy({ ...system(), journal: system().trail }, moved);
    const [started] = await system().executor.execute([
      { kind: 'start', businessKey: 'L1', process: 'limited', realm: 'live', at: system().clock.now() },
    ]);
    id = started?.file?.id ?? '';
  });

  it('延长以后，给过的黄牌撤灯，按新的期限再给', async () => {
    await moveTo('2026-03-07T00:00:00+08:00');
    expect(await level()).to.equal('yellow');
    const { refusal } = await move(system().executor, { act: 'extend', workingDays: 2 });
    expect(refusal).to.equal(undefined);
    expect(await level()).to.equal(null);
    expect(await rows()).to.deep.equal([
      ['limit', '2026-03-12T00:00:00+08:00', 2, 'limit'],
      ['warn', '2026-03-11T00:00:00+08:00', 2],
    ]);
  });

  it('另一个程序读出来接着暂停；停着的没有到期的时刻，恢复后接着计', async () => {
    await moveTo('2026-03-09T10:00:00+08:00');
    const other = anotherProgram(system());
    expect((await move(other, { act: 'pause', reason: '不可抗力' })).refusal).to.equal(undefined);
    expect(await rows()).to.deep.equal([
      ['limit', null, 3, 'limit'],
      ['warn', null, 3],
    ]);
    await moveTo('2026-03-20T09:00:00+08:00');
    expect(await yellows()).to.have.length(1);
    expect((await move(other, { act: 'resume' })).refusal).to.equal(undefined);
    expect(await rows()).to.deep.equal([
      ['limit', '2026-03-25T00:00:00+08:00', 4, 'limit'],
      ['warn', '2026-03-24T00:00:00+08:00', 4],
    ]);
  });

  it('不能那样变动的，拒绝，什么都没有变', async () => {
    const before = await rows();
    for (const given of [
      { act: 'resume' },
      { act: 'extend', workingDays: 0 },
      { act: 'extend', workingDays: 1.5 },
      { act: 'restart', limit: 'warn-not-there' },
    ]) {
      const { refusal } = await move(system().executor, given);
      expect(refusal?.code, JSON.stringify(given)).to.equal('clock.invalid');
    }
    expect(await rows()).to.deep.equal(before);
  });

  it('每一版的黄牌只给一次，期限过后不再动', async () => {
    await moveTo('2026-03-25T00:00:00+08:00');
    expect(await yellows()).to.deep.equal(['2026-03-07T00:00:00+08:00', '2026-03-24T00:00:00+08:00']);
    expect(await level()).to.equal('yellow');
    expect((await move(system().executor, { act: 'extend', workingDays: 1 })).refusal?.code).to.equal(
      'clock.invalid',
    );
  });
});
