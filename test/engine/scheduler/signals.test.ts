/** A signal thrown in one case reaches the others and starts processes, once each, whichever program delivers it. */
import { expect } from 'chai';
import { deploy } from '../../../src/engine/index.js';
import { plainTrails } from '../../support/entries.js';
import { anotherProgram, handlersOf, useSystem } from '../../support/system.js';

const diagram = `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1">
  <signal id="flood" name="flood"/><signal id="inner" name="inner" duty:within="instance"/>
  <process id="caller"><startEvent id="s1"/><userTask id="look"/><endEvent id="shout"><signalEventDefinition signalRef="flood"/></endEvent>
    <sequenceFlow id="a" sourceRef="s1" targetRef="look"/><sequenceFlow id="b" sourceRef="look" targetRef="shout"/></process>
  <process id="hearer"><startEvent id="s2"/><intermediateCatchEvent id="listen"><signalEventDefinition signalRef="flood"/></intermediateCatchEvent><userTask id="pump"/>
    <sequenceFlow id="c" sourceRef="s2" targetRef="listen"/><sequenceFlow id="d" sourceRef="listen" targetRef="pump"/>
    <sequenceFlow id="d2" sourceRef="pump" targetRef="listen"/></process>
  <process id="alarm"><startEvent id="heard"><signalEventDefinition signalRef="flood"/></startEvent><userTask id="warn"/>
    <sequenceFlow id="e" sourceRef="heard" targetRef="warn"/></process>
  <process id="quiet"><startEvent id="s3"/><intermediateThrowEvent id="mutter"><signalEventDefinition signalRef="inner"/></intermediateThrowEvent><userTask id="rest"/>
    <sequenceFlow id="f" sourceRef="s3" targetRef="mutter"/><sequenceFlow id="g" sourceRef="mutter" targetRef="rest"/></process>
  <process id="deaf"><startEvent id="s4"/><intermediateCatchEvent id="hears"><signalEventDefinition signalRef="flood"/></intermediateCatchEvent><exclusiveGateway id="which"/><endEvent id="out"/>
    <sequenceFlow id="h" sourceRef="s4" targetRef="hears"/><sequenceFlow id="i" sourceRef="hears" targetRef="which"/>
    <sequenceFlow id="j" sourceRef="which" targetRef="out"><conditionExpression>= never = true</conditionExpression></sequenceFlow></process>
</definitions>`;

describe('工单之间的信号', () => {
  const system = useSystem({ shipped: false, handlers: handlersOf({}) });
  before(() => deploy({ ...system(), journal: system().trail }, diagram));

  const start = async (businessKey: string, process: string): Promise<string> => {
    const at = system().clock.now();
    const [answer] = await system().executor.execute([
      { kind: 'start', businessKey, process, realm: 'live', at },
    ]);
    return answer?.file?.id ?? '';
  };
  const complete = (caseId: string, task: string) =>
    system().executor.execute([
      {
        ...{ kind: 'stimulate', caseId, instance: 1, at: system().clock.now() },
        stimulus: { kind: 'complete', task },
      },
    ]);
  const read = <Row>(sql: string) =>
    system().database.transaction((transaction) => transaction.query<Row>(sql));
  const spread = async (limit: number): Promise<void> => {
    const programs = [system().executor, anotherProgram(system()), anotherProgram(system())];
    for (let heard = 1; heard > 0;) {
      const counts = await Promise.all(programs.map((program) => program.spreadSignal(limit)));
      heard = Math.max(...counts, (await read('SELECT FROM thrown_signal')).length);
    }
  };

  it('抛出以后，在等的工单各收到一次，由它开始的流程开一件；轨迹写明哪个流程、哪件工单抛出', async () => {
    const waiting = ['甲', '乙', '丙'];
    for (const key of waiting) await start(key, 'hearer');
    const caller = await start('喊', 'caller');
    await complete(caller, 'look');
    expect(await read('SELECT name, sender FROM thrown_signal')).to.deep.equal([
      { name: 'flood', sender: '喊' },
    ]);
    system().clock.moveTo(new Date(system().clock.now().getTime() + 1000));
    await start('后来的', 'hearer');
    await spread(2);
    const trails = await system().database.transaction((transaction) =>
      plainTrails(system().trail, transaction, [...waiting, '后来的', '信号:alarm:heard:1']),
    );
    for (const key of waiting) {
      const [, heard, ...rest] = trails.get(key) ?? [];
      expect(heard?.type).to.equal('signal.received');
      expect(heard?.body).to.deep.include({ of: 'flood', from: 'caller', sender: '喊', waiting: ['pump'] });
      expect(rest).to.deep.equal([]);
    }
    expect(trails.get('后来的')).to.have.length(1);
    const [opened] = trails.get('信号:alarm:heard:1') ?? [];
    expect(opened?.type).to.equal('instance.started');
    expect(opened?.body).to.deep.include({ signal: 'flood', sender: '喊', waiting: ['warn'] });
    expect(
      await read(`SELECT count(*)::int AS n FROM process_case WHERE business_key LIKE '信号:%'`),
    ).to.deep.equal([{ n: 1 }]);
  });

  it('没有人在等的信号不耽搁后面的：接着就轮到下一个', async () => {
    const send = (name: string) =>
      read(
        `INSERT INTO thrown_signal (name, thrown_at, process, sender) VALUES ('${name}', now(), 'caller', '无人') RETURNING id`,
      );
    await send('unheard');
    await send('unheard');
    for (const expected of [1, 1, 0]) expect(await system().executor.spreadSignal(10)).to.equal(expected);
  });

  it('只在本实例里的信号不出去；听了走不下去的，是听的一方的异常，不拖累别的', async () => {
    await start('自言自语', 'quiet');
    expect(await read('SELECT FROM thrown_signal')).to.deep.equal([]);
    await start('听不懂', 'deaf');
    const caller = await start('再喊', 'caller');
    await complete(caller, 'look');
    system().clock.moveTo(new Date(system().clock.now().getTime() + 1000));
    await spread(10);
    expect(
      await read(
        `SELECT c.business_key AS no, i.kind, i.of, i.sender FROM incident i JOIN process_case c ON c.id = i.case_id`,
      ),
    ).to.deep.equal([{ no: '听不懂', kind: 'message', of: 'flood', sender: 'caller' }]);
    const trails = await system().database.transaction((transaction) =>
      system().trail.read(transaction, ['后来的']),
    );
    expect(trails.get('后来的')?.map(({ type }) => type)).to.include('signal.received');
  });
});
