/**
 * Obstacles in diagrams of Flowable, Camunda 7, SpiffWorkflow, bpmn-elements and the MIWG, the most
 * common first as counted by `tools/foreign.ts`, and their notation that runs: each runs, or is
 * refused by name with an alternative.
 */
import { expect } from 'chai';
import { fixes } from '../../../src/design/compliance/checks/executable-fixes.js';
import { definitionOf, lintDefinition, parseDiagram } from '../../../src/engine/model/index.js';
import { refusalFrom } from '../../support/refusal.js';

const roots = `<message id="m" name="paid"/><message id="nameless"/><signal id="g" name="flood"/><signal id="quiet"/>
  <error id="bad" errorCode="bad"/><escalation id="up" escalationCode="up"/>`;

const diagram = (body: string, more = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:duty="urn:hotline-12345:duty:1" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:flowable="http://flowable.org/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:spiff="http://spiffworkflow.org/bpmn/schema/1.0/core">
  ${roots}<process id="p" isExecutable="true">${body}</process>${more}</definitions>`;

/** Between a start and an end. */
const between = (element: string): string =>
  `<startEvent id="s"/>${element}<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="e"/>`;
const event = (tag: string, inner: string): string => between(`<${tag} id="x">${inner}</${tag}>`);
/** On the edge of a task. */
const edge = (inner: string, attributes = ''): string =>
  `${between('<userTask id="x"/>')}<boundaryEvent id="b" attachedToRef="x" ${attributes}>${inner}</boundaryEvent><endEvent id="e2"/><sequenceFlow id="f3" sourceRef="b" targetRef="e2"/>`;
/** In place of the start. */
const begun = (inner: string): string =>
  `<startEvent id="s">${inner}</startEvent><endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="e"/>`;
const split = (tag: string, condition: string): string =>
  `<startEvent id="s"/><${tag} id="x"/><endEvent id="e"/><endEvent id="e2"/><sequenceFlow id="f1" sourceRef="s" targetRef="x"/><sequenceFlow id="f2" sourceRef="x" targetRef="e">${condition}</sequenceFlow><sequenceFlow id="f3" sourceRef="x" targetRef="e2"/>`;
const ended = (inner: string): string =>
  `<startEvent id="s"/><endEvent id="e">${inner}</endEvent><sequenceFlow id="f1" sourceRef="s" targetRef="e"/>`;
const sub = (tag: string, inner: string, attributes = ''): string =>
  between(
    `<${tag} id="x" ${attributes}><startEvent id="i1"/>${inner}<endEvent id="i2"/><sequenceFlow id="i3" sourceRef="i1" targetRef="i2"/></${tag}>`,
  );
const beside = (start: string): string =>
  `${between('<userTask id="x"/>')}<subProcess id="o" triggeredByEvent="true"><startEvent id="i1">${start}</startEvent><endEvent id="i2"/><sequenceFlow id="i3" sourceRef="i1" targetRef="i2"/></subProcess>`;
const timer = (inner: string): string => `<timerEventDefinition>${inner}</timerEventDefinition>`;
const extended = (tag: string, extensions: string, attributes = ''): string =>
  between(`<${tag} id="x" ${attributes}><extensionElements>${extensions}</extensionElements></${tag}>`);
const compensated = (more: string): string =>
  `${between('<userTask id="x"/>')}<boundaryEvent id="b" attachedToRef="x"><compensateEventDefinition/></boundaryEvent>${more}`;

/** Notation → the rules that refuse it; undefined if it runs. */
const drawn: readonly (readonly [string, string, string | undefined])[] = [
  ['服务任务没有处理程序', between('<serviceTask id="x" camunda:class="org.Work"/>'), 'handler-missing'],
  [
    '服务任务写表达式',
    between('<serviceTask id="x" flowable:expression="${work.do()}"/>'),
    'handler-missing',
  ],
  ['发送任务没有处理程序', between('<sendTask id="x" messageRef="m"/>'), 'handler-missing'],
  [
    '业务规则任务用别家的决策引用',
    between('<businessRuleTask id="x" camunda:decisionRef="d"/>'),
    'handler-missing',
  ],
  ['处理程序没有登记', between('<serviceTask id="x" duty:handler="nobody"/>'), 'handler-unknown'],
  [
    '条件写 JUEL',
    split('exclusiveGateway', '<conditionExpression>${ok}</conditionExpression>'),
    'expression-invalid',
  ],
  [
    '条件写 Python',
    split('exclusiveGateway', "<conditionExpression>choice == 'a'</conditionExpression>"),
    'expression-invalid',
  ],
  [
    '脚本任务',
    between('<scriptTask id="x" scriptFormat="groovy"><script>a = 1</script></scriptTask>'),
    'unsupported-element',
  ],
  [
    '条件标明 XPath',
    split(
      'exclusiveGateway',
      '<conditionExpression xsi:type="tFormalExpression" language="http://www.w3.org/1999/XPath">a</conditionExpression>',
    ),
    'expression-language',
  ],
  [
    '条件标明 JavaScript',
    split(
      'exclusiveGateway',
      '<conditionExpression xsi:type="tFormalExpression" language="javascript">a</conditionExpression>',
    ),
    'expression-language',
  ],
  ['条件是空的', split('exclusiveGateway', '<conditionExpression/>'), 'expression-empty'],
  [
    '流程由条件开始',
    begun('<conditionalEventDefinition><condition>= a</condition></conditionalEventDefinition>'),
    'unsupported-event',
  ],
  ['流程由错误开始', begun('<errorEventDefinition errorRef="bad"/>'), 'unsupported-event'],
  ['流程由升级开始', begun('<escalationEventDefinition escalationRef="up"/>'), 'unsupported-event'],
  ['补偿事件子流程', beside('<compensateEventDefinition/>'), 'unsupported-event'],
  ['边界事件没有类型', edge(''), 'unsupported-event'],
  ['取消结束事件', ended('<cancelEventDefinition/>'), 'unsupported-event'],
  ['取消边界事件', edge('<cancelEventDefinition/>'), 'unsupported-event'],
  ['中间捕获事件没有类型', event('intermediateCatchEvent', ''), 'unsupported-event'],
  ['事件注册表的开始事件', beside(''), 'unsupported-event'],
  [
    '多实例的集合写在别家的属性里',
    between('<userTask id="x"><multiInstanceLoopCharacteristics flowable:collection="all"/></userTask>'),
    'loop-unmeasured',
  ],
  [
    '多实例什么也没写',
    between('<userTask id="x"><multiInstanceLoopCharacteristics/></userTask>'),
    'loop-unmeasured',
  ],
  ['循环没有条件', between('<userTask id="x"><standardLoopCharacteristics/></userTask>'), 'loop-endless'],
  [
    '份数和集合都写',
    between(
      '<userTask id="x"><multiInstanceLoopCharacteristics duty:collection="= a"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>',
    ),
    'loop-ambiguous',
  ],
  [
    '份数写 JUEL',
    between(
      '<userTask id="x"><multiInstanceLoopCharacteristics><loopCardinality>${n}</loopCardinality></multiInstanceLoopCharacteristics></userTask>',
    ),
    'expression-invalid',
  ],
  [
    '完成条件写 JUEL',
    between(
      '<userTask id="x"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality><completionCondition>${done}</completionCondition></multiInstanceLoopCharacteristics></userTask>',
    ),
    'expression-invalid',
  ],
  [
    '变量对应里有脚本',
    extended(
      'userTask',
      '<camunda:inputOutput><camunda:inputParameter name="a"><camunda:script scriptFormat="groovy">1</camunda:script></camunda:inputParameter></camunda:inputOutput>',
    ),
    'mapping-foreign',
  ],
  [
    '变量对应里有表达式',
    extended(
      'userTask',
      '<camunda:inputOutput><camunda:inputParameter name="a">${b + 1}</camunda:inputParameter></camunda:inputOutput>',
    ),
    'mapping-foreign',
  ],
  [
    '变量对应里有清单',
    extended(
      'userTask',
      '<camunda:inputOutput><camunda:outputParameter name="a"><camunda:list/></camunda:outputParameter></camunda:inputOutput>',
    ),
    'mapping-foreign',
  ],
  [
    '变量写了两次',
    extended(
      'callActivity',
      '<flowable:in source="a" target="c"/><flowable:in source="b" target="c"/>',
      'calledElement="p"',
    ),
    'scope-name',
  ],
  [
    '消息没有名称',
    event('intermediateCatchEvent', '<messageEventDefinition messageRef="nameless"/>'),
    'name-missing',
  ],
  ['消息没有引用', event('intermediateThrowEvent', '<messageEventDefinition/>'), 'name-missing'],
  ['消息结束事件没有引用', ended('<messageEventDefinition/>'), 'name-missing'],
  [
    '信号没有名称',
    event('intermediateCatchEvent', '<signalEventDefinition signalRef="quiet"/>'),
    'name-missing',
  ],
  ['信号没有引用', begun('<signalEventDefinition/>'), 'name-missing'],
  ['接收任务的消息没有名称', between('<receiveTask id="x" messageRef="nameless"/>'), 'name-missing'],
  [
    '周期写 cron',
    edge(timer('<timeCycle>0 0/5 * * * ?</timeCycle>'), 'cancelActivity="false"'),
    'timer-invalid',
  ],
  [
    '时长写 JUEL',
    event('intermediateCatchEvent', timer('<timeDuration>${wait}</timeDuration>')),
    'timer-invalid',
  ],
  ['日期没有时区', event('intermediateCatchEvent', timer('<timeDate>tomorrow</timeDate>')), 'timer-invalid'],
  [
    '时长写成话',
    event('intermediateCatchEvent', timer('<timeDuration>5 days</timeDuration>')),
    'timer-invalid',
  ],
  ['计时没有写时间', event('intermediateCatchEvent', '<timerEventDefinition/>'), 'timer-missing'],
  [
    '计时写了两种',
    event(
      'intermediateCatchEvent',
      timer('<timeDate>2026-01-01T00:00:00+08:00</timeDate><timeDuration>P1D</timeDuration>'),
    ),
    'timer-ambiguous',
  ],
  ['定时开始不到一分钟', begun(timer('<timeCycle>R/PT5S</timeCycle>')), 'timer-start'],
  ['定时开始写 cron', begun(timer('<timeCycle>0 0 9-17 * * MON-FRI</timeCycle>')), 'timer-invalid'],
  ['孤立的任务', `${between('<userTask id="x"/>')}<userTask id="y"/>`, 'unreachable'],
  ['调用案例', between('<callActivity id="x" camunda:caseRef="c"/>'), 'called-missing'],
  ['调用没有写流程', between('<callActivity id="x"/>'), 'called-missing'],
  [
    '引用的消息不在',
    event('intermediateCatchEvent', '<messageEventDefinition messageRef="gone"/>'),
    'reference-dangling name-missing',
  ],
  [
    '引用的信号不在',
    event('intermediateCatchEvent', '<signalEventDefinition signalRef="gone"/>'),
    'reference-dangling name-missing',
  ],
  ['引用的升级不在', edge('<escalationEventDefinition escalationRef="gone"/>'), 'reference-dangling'],
  ['事务', sub('transaction', ''), 'unsupported-element'],
  ['随意子流程', sub('adHocSubProcess', ''), 'unsupported-element'],
  ['复杂网关', between('<complexGateway id="x"/>'), 'unsupported-element'],
  ['环节没有标识', `${between('<userTask id="x"/>')}<userTask/>`, 'id-missing unreachable'],
  [
    '数据关联有赋值',
    between(
      '<userTask id="x"><ioSpecification><dataInput id="d"/><inputSet><dataInputRefs>d</dataInputRefs></inputSet><outputSet/></ioSpecification><dataInputAssociation><targetRef>d</targetRef><assignment><from>1</from><to>d</to></assignment></dataInputAssociation></userTask>',
    ),
    'unsupported-attribute',
  ],
  ['一次要几个令牌', between('<userTask id="x" startQuantity="2"/>'), 'unsupported-attribute'],
  ['补偿不等办完', ended('<compensateEventDefinition waitForCompletion="false"/>'), 'unsupported-attribute'],
  [
    '逐个触发的多实例',
    between(
      '<userTask id="x"><multiInstanceLoopCharacteristics behavior="None"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>',
    ),
    'unsupported-attribute',
  ],
  [
    '并行网关的出口写条件',
    split('parallelGateway', '<conditionExpression>= a</conditionExpression>'),
    'condition-misplaced',
  ],
  [
    '没有开始事件',
    `${between('<userTask id="x"/>').replace('<startEvent id="s"/>', '<userTask id="s"/>')}`,
    'start-missing',
  ],
  [
    '两个开始事件',
    `${between('<userTask id="x"/>')}<startEvent id="s2"/><sequenceFlow id="f3" sourceRef="s2" targetRef="e"/>`,
    'start-duplicate',
  ],
  [
    '补偿活动没有关联',
    `${between('<userTask id="x"/>')}<userTask id="undo" isForCompensation="true"/>`,
    'compensation-unpaired',
  ],
  ['补偿边界事件没有关联', compensated(''), 'compensation-unpaired'],
  [
    '几种事件一起等',
    event(
      'intermediateCatchEvent',
      `<messageEventDefinition messageRef="m"/>${timer('<timeDuration>P1D</timeDuration>')}`,
    ),
    'unsupported-event',
  ],
  ['条件事件没有条件', event('intermediateCatchEvent', '<conditionalEventDefinition/>'), 'condition-missing'],
  ['事件网关后面是任务', split('eventBasedGateway', ''), 'gateway-target'],
  [
    '流进开始事件',
    `${between('<userTask id="x"/>')}<sequenceFlow id="f3" sourceRef="x" targetRef="s"/>`,
    'incoming-forbidden',
  ],
  [
    '从结束事件流出',
    `${between('<userTask id="x"/>')}<sequenceFlow id="f3" sourceRef="e" targetRef="x"/>`,
    'outgoing-forbidden',
  ],
  [
    '链接没有另一端',
    event('intermediateThrowEvent', '<linkEventDefinition name="over"/>').replace(
      /<sequenceFlow id="f2".*?\/>/,
      '',
    ),
    'link-unpaired unreachable',
  ],
  [
    '流穿过子流程的边框',
    `${sub('subProcess', '')}<sequenceFlow id="f3" sourceRef="s" targetRef="i2"/>`,
    'flow-across',
  ],
  ['流没有终点', `${between('<userTask id="x"/>')}<sequenceFlow id="f3" sourceRef="x"/>`, 'flow-dangling'],
  [
    '别处的默认流',
    `${split('exclusiveGateway', '').replace('<exclusiveGateway id="x"', '<exclusiveGateway id="x" default="f1"')}`,
    'default-foreign',
  ],

  ['接收任务不写消息', between('<receiveTask id="x"/>'), undefined],
  ['错误没有声明，写的就是代码', edge('<errorEventDefinition errorRef="undeclared"/>'), undefined],
  ['错误边界事件接住一切', edge('<errorEventDefinition/>'), undefined],
  ['定时开始', begun(timer('<timeCycle>R/P1D</timeCycle>')), undefined],
  ['信号开始', begun('<signalEventDefinition signalRef="g"/>'), undefined],
  ['消息开始', begun('<messageEventDefinition messageRef="m"/>'), undefined],
  [
    '抛出、结束、捕获信号',
    `${event('intermediateThrowEvent', '<signalEventDefinition signalRef="g"/>')}`,
    undefined,
  ],
  ['信号结束', ended('<signalEventDefinition signalRef="g"/>'), undefined],
  [
    '升级',
    `${sub('subProcess', '')}<boundaryEvent id="b" attachedToRef="x"><escalationEventDefinition escalationRef="up"/></boundaryEvent><sequenceFlow id="f3" sourceRef="b" targetRef="e"/>`,
    undefined,
  ],
  ['终止', ended('<terminateEventDefinition/>'), undefined],
  ['不中断的计时边界', edge(timer('<timeDuration>P1D</timeDuration>'), 'cancelActivity="false"'), undefined],
  ['消息事件子流程', beside('<messageEventDefinition messageRef="m"/>'), undefined],
  [
    '条件事件子流程',
    beside('<conditionalEventDefinition><condition>= a</condition></conditionalEventDefinition>'),
    undefined,
  ],
  [
    '手工任务、没有类型的任务',
    between('<manualTask id="x"/>').replace('<endEvent id="e"/>', '<task id="e"/>'),
    undefined,
  ],
  [
    '标准循环',
    between('<userTask id="x"><standardLoopCharacteristics loopMaximum="3"/></userTask>'),
    undefined,
  ],
  [
    '份数',
    between(
      '<userTask id="x"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>',
    ),
    undefined,
  ],
  [
    'Zeebe 的变量对应',
    extended(
      'userTask',
      '<zeebe:ioMapping><zeebe:input source="= a.b" target="c"/><zeebe:output source="= c" target="d"/></zeebe:ioMapping>',
    ),
    undefined,
  ],
  [
    'Camunda 7 的变量对应',
    extended(
      'userTask',
      '<camunda:inputOutput><camunda:inputParameter name="a">${b.c}</camunda:inputParameter></camunda:inputOutput>',
    ),
    undefined,
  ],
  [
    '调用的变量对应',
    extended(
      'callActivity',
      '<camunda:in source="a" target="b"/><camunda:out variables="all"/>',
      'calledElement="p"',
    ),
    undefined,
  ],
  [
    '调用带编号',
    extended('callActivity', '<camunda:in businessKey="#{execution.businessKey}"/>', 'calledElement="p"'),
    undefined,
  ],
  ['包容网关', split('inclusiveGateway', '<conditionExpression>= a</conditionExpression>'), undefined],
  [
    '别家的表单、委派、异步，不起作用',
    extended('userTask', '<camunda:formData/>', 'camunda:assignee="demo" camunda:asyncBefore="true"'),
    undefined,
  ],
  [
    '泳道',
    `<laneSet id="l"><lane id="l1"><flowNodeRef>x</flowNodeRef></lane></laneSet>${between('<userTask id="x"/>')}`,
    undefined,
  ],
  [
    '数据对象、注释',
    `${between('<userTask id="x"/>')}<dataObject id="d"/><dataObjectReference id="r" dataObjectRef="d"/><textAnnotation id="t"><text>记</text></textAnnotation>`,
    undefined,
  ],
];

/** What cannot be read at all. */
const unreadable: readonly (readonly [string, string])[] = [
  ['引用的环节不在', diagram(between('<userTask id="x"/>').replace('targetRef="e"', 'targetRef="gone"'))],
  ['标识不合规定', diagram(between('<userTask id="1 x"/>'))],
  ['标识重复', diagram(`${between('<userTask id="x"/>')}<userTask id="x"/>`)],
  ['不认识的属性', diagram(between('<userTask id="x" nobody="1"/>'))],
  ['不认识的元素', diagram(between('<userTask id="x"/><wondrousTask id="y"/>'))],
  ['前缀没有声明', diagram(between('<userTask id="x" other:a="1"/>'))],
  ['没有闭合', diagram(between('<userTask id="x">'))],
  ['有 DOCTYPE', diagram('').replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>')],
  ['不是 BPMN', '<html/>'],
  ['空的文件', ''],
];

describe('别家的图最常见的障碍', () => {
  it(`一百种以上：${drawn.length} 种画法、${unreadable.length} 种读不了的`, () => {
    expect(drawn.length + unreadable.length).to.be.at.least(100);
  });

  for (const [what, body, rule] of drawn) {
    it(`${what}:${rule ?? '能执行'}`, async () => {
      const definition = definitionOf(await parseDiagram(diagram(body)), { processId: 'p' });
      const found = lintDefinition(definition, { names: () => [] });
      expect([...new Set(found.map((one) => one.rule))]).to.deep.equal(rule?.split(' ') ?? []);
      for (const { rule: by, otherwise = fixes[by], message } of found) {
        expect(message, '哪一处').to.match(/[\u4e00-\u9fff]/);
        expect(otherwise, '怎样改').to.match(/[\u4e00-\u9fff].*。$/);
      }
    });
  }

  for (const [what, xml] of unreadable) {
    it(`${what}：说出读不了什么`, async () => {
      const refusal = await refusalFrom(parseDiagram(xml));
      expect(refusal?.code).to.equal('definition.not-bpmn');
      expect(refusal?.remedy).to.match(/[\u4e00-\u9fff]/);
    });
  }
});
