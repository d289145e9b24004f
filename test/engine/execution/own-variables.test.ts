/**
 * Variables of activities: tasks show them, forms, handlers and deeds read them, and they do not
 * become case variables.
 */
import { expect } from 'chai';
import { caseInMemory, definitionSet, tokenRuntime, type CaseInMemory } from '../../../src/engine/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { onlyLaw } from '../../../src/kernel/law.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { handlersOf } from '../../support/system.js';

const head = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn">`;

/** Each of two units is asked, evaluates its answer with a handler, and signs; the opinions are collected. */
const asking = `${head}<process id="asking"><property id="all" name="opinions"/>
  <startEvent id="begin"/>
  <subProcess id="each">
    <extensionElements><duty:scope><duty:local name="weight" value="= 10"/></duty:scope></extensionElements>
    <multiInstanceLoopCharacteristics duty:collection="= units" duty:item="unit">
      <loopDataOutputRef>all</loopDataOutputRef><outputDataItem id="one" name="opinion"/>
    </multiInstanceLoopCharacteristics>
    <startEvent id="s"/><userTask id="ask"/><serviceTask id="weigh" duty:handler="weigh"/>
    <userTask id="sign"><extensionElements><duty:deed name="signed"><duty:fact name="opinion"/><duty:fact name="weight"/></duty:deed></extensionElements></userTask>
    <sequenceFlow id="a" sourceRef="s" targetRef="ask"/><sequenceFlow id="b" sourceRef="ask" targetRef="weigh"/><sequenceFlow id="c" sourceRef="weigh" targetRef="sign"/>
  </subProcess>
  <userTask id="read"/>
  <sequenceFlow id="d" sourceRef="begin" targetRef="each"/><sequenceFlow id="e" sourceRef="each" targetRef="read"/>
</process></definitions>`;

/** Waits inside for a message whose answer only the sub-process has. */
const waiting = `${head}<message id="m" name="told"/><process id="waiting">
  <startEvent id="begin"/>
  <subProcess id="inner"><extensionElements><duty:scope><duty:local name="answer"/></duty:scope></extensionElements>
    <startEvent id="s"/><intermediateCatchEvent id="hear"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
    <exclusiveGateway id="which" default="d"/><userTask id="read"/><userTask id="chase"/>
    <sequenceFlow id="a" sourceRef="s" targetRef="hear"/><sequenceFlow id="b" sourceRef="hear" targetRef="which"/>
    <sequenceFlow id="c" sourceRef="which" targetRef="read"><conditionExpression>= answer = "有水"</conditionExpression></sequenceFlow>
    <sequenceFlow id="d" sourceRef="which" targetRef="chase"/></subProcess>
  <sequenceFlow id="e" sourceRef="begin" targetRef="inner"/>
</process></definitions>`;

/** The same mapping in the notation of Camunda 8 and 7. */
const mapped = (mapping: string): string => `${head}<process id="mapped">
  <startEvent id="begin"/>
  <subProcess id="inner"><extensionElements>${mapping}</extensionElements>
    <startEvent id="s"/><userTask id="work"/><sequenceFlow id="a" sourceRef="s" targetRef="work"/></subProcess>
  <userTask id="read"/>
  <sequenceFlow id="b" sourceRef="begin" targetRef="inner"/><sequenceFlow id="c" sourceRef="inner" targetRef="read"/>
</process></definitions>`;

const handlers = handlersOf({
  weigh: ({ variables }) => ({
    variables: { weight: Number(variables['weight']) + Number(variables['opinion']) },
  }),
});

describe('活动自己的变量', () => {
  it('每一份各有自己的：待办上看得到，处理程序、行为读得到，别的一份和工单不受影响，各份的值收进清单', async () => {
    const one = await caseOf(asking, 'asking', { units: ['水务', '城管'] });
    complete(one, 'ask', { opinion: 1 });
    complete(one, 'ask', { opinion: 2 });
    const locals = [...one.file.tasks.values()].map((task) => task.locals);
    expect(locals.map((each) => [each?.['unit'], each?.['opinion'], each?.['weight']])).to.deep.equal([
      ['水务', 1, 11],
      ['城管', 2, 12],
    ]);
    complete(one, 'sign');
    const [deed] = (one.entries.at(-1)?.body['deeds'] ?? []) as readonly JsonObject[];
    expect(deed).to.deep.equal({ name: 'signed', facts: { opinion: 1, weight: 11 } });
    complete(one, 'sign');
    expect(one.file.variables).to.deep.equal({ units: ['水务', '城管'], opinions: [1, 2] });
  });

  it('消息带来的，进正在等它的活动自己的变量', async () => {
    const one = await caseOf(waiting, 'waiting', {});
    one.take({ kind: 'send', caseId: '1', message: 'told', at, variables: { answer: '有水' } });
    expect([...one.file.tasks.values()].map(({ element, locals }) => [element, locals])).to.deep.equal([
      ['read', { answer: '有水' }],
    ]);
  });

  it('Camunda 的 ioMapping、inputOutput 照样执行', async () => {
    for (const mapping of [
      '<zeebe:ioMapping><zeebe:input source="= asked" target="question"/><zeebe:output source="= question" target="answer"/></zeebe:ioMapping>',
      '<camunda:inputOutput><camunda:inputParameter name="question">${asked}</camunda:inputParameter><camunda:outputParameter name="answer">${question}</camunda:outputParameter></camunda:inputOutput>',
    ]) {
      const one = await caseOf(mapped(mapping), 'mapped', { asked: '何时修好' });
      expect([...one.file.tasks.values()][0]?.locals).to.deep.equal({ question: '何时修好' });
      complete(one, 'work', { question: '明天' });
      expect(one.file.variables).to.deep.equal({ asked: '何时修好', answer: '明天' });
    }
  });
});

const at = new Date('2026-03-02T08:00:00+08:00');

async function caseOf(xml: string, process: string, variables: JsonObject): Promise<CaseInMemory> {
  const one = caseInMemory(
    {
      definitions: await definitionSet([xml]),
      runtime: tokenRuntime,
      handlers,
      laws: onlyLaw(shippedLaw('2026-03-02')),
      policies: { at: () => ({ version: 1, value: () => undefined }) },
      dueDates: { due: (_spec, from) => ({ at: from, derivation: {}, provisional: false }) },
    },
    { businessKey: '2026-0001' },
  );
  one.take({ kind: 'start', businessKey: '2026-0001', process, realm: 'replay', at, variables });
  return one;
}

/** The oldest of several. */
function complete(one: CaseInMemory, element: string, variables: JsonObject = {}): void {
  const task = [...one.file.tasks.values()].find((each) => each.element === element);
  const stimulus = { kind: 'complete', task: element, token: task?.token ?? '' } as const;
  one.take({ kind: 'stimulate', caseId: '1', instance: task?.instance ?? 0, stimulus, at, variables });
}
