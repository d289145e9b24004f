import { expect } from 'chai';
import { traceProcess } from '../../src/cli/process/trace-steps.js';
import type { Stimulus } from '../../src/engine/index.js';
import { definitionOf, parseDiagram, writeDiagram } from '../../src/engine/model/index.js';
import { tokenRuntime } from '../../src/engine/runtime/index.js';
import { expandFragments, fragmentIn, type Fragments } from '../../src/kernel/diagram-fragment.js';
import { packageFragments, packageText, withFragments } from '../../src/kernel/package-content.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { Refusal } from '../../src/kernel/refusal.js';

const spaces = [
  ['bpmn', 'http://www.omg.org/spec/BPMN/20100524/MODEL'],
  ['bpmndi', 'http://www.omg.org/spec/BPMN/20100524/DI'],
  ['dc', 'http://www.omg.org/spec/DD/20100524/DC'],
  ['di', 'http://www.omg.org/spec/DD/20100524/DI'],
  ['duty', 'urn:hotline-12345:duty:1'],
].map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
const document = (content: string): string =>
  `<bpmn:definitions${spaces.join('')} id="D" targetNamespace="t">${content}</bpmn:definitions>`;

const told = document(`
  <bpmn:message id="Message_Told" name="{message}"/>
  <bpmn:signal id="Signal_Told" name="told"/>
  <bpmn:process id="told" name="告知">
    <bpmn:documentation>说明</bpmn:documentation>
    <bpmn:extensionElements>
      <duty:param name="norm" label="义务"/>
      <duty:param name="message" label="消息" value="told"/>
      <duty:param name="others" label="不得由谁" value=""/>
      <duty:param name="fields" label="栏目"><duty:field key="how" label="怎样"/></duty:param>
      <duty:param name="timed" label="限期" value=""/>
      <duty:norm norm="{norm}" relation="checks"/>
    </bpmn:extensionElements>
    <bpmn:startEvent id="Start_Told" name="{message}">
      <bpmn:outgoing>Flow_Told</bpmn:outgoing>
      <bpmn:messageEventDefinition messageRef="Message_Told"/>
    </bpmn:startEvent>
    <bpmn:userTask id="Task_Tell" name="告知" duty:role="unit" duty:notBy="Start_Told {others}">
      <bpmn:extensionElements>
        <duty:norm norm="{norm}" relation="fulfils"/>
        <duty:form><duty:slot name="fields"/></duty:form>
      </bpmn:extensionElements>
      <bpmn:incoming>Flow_Told</bpmn:incoming>
      <bpmn:outgoing>Flow_Done</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="Timer_Tell" attachedToRef="Task_Tell" duty:when="{timed}">
      <bpmn:timerEventDefinition id="Definition_Tell" duty:after="Timer_Tell"/>
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="End_Late"/>
    <bpmn:endEvent id="End_Told">
      <bpmn:incoming>Flow_Done</bpmn:incoming>
      <bpmn:signalEventDefinition signalRef="Signal_Told"/>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="Flow_Told" sourceRef="Start_Told" targetRef="Task_Tell"/>
    <bpmn:sequenceFlow id="Flow_Done" sourceRef="Task_Tell" targetRef="End_Told"/>
    <bpmn:sequenceFlow id="Flow_Late" sourceRef="Timer_Tell" targetRef="End_Late"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_told"><bpmndi:BPMNPlane id="Plane_told" bpmnElement="told">
    <bpmndi:BPMNShape id="End_Late_di" bpmnElement="End_Late"/>
    <bpmndi:BPMNShape id="Task_Tell_di" bpmnElement="Task_Tell"><dc:Bounds x="0" y="0" width="9" height="9"/></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`);

const fragments: Fragments = {
  names: ['told', 'round'],
  textOf: (name) =>
    ({
      told,
      round: document(`<bpmn:process id="round">${placeholder('Again', 'round', '')}</bpmn:process>`),
    })[name],
};

const placeholder = (id: string, name: string, params: string, more = ''): string =>
  `<bpmn:subProcess id="${id}" name="告知" triggeredByEvent="true" duty:fragment="${name}">` +
  `<bpmn:documentation>本市的</bpmn:documentation>` +
  `<bpmn:extensionElements>${params}</bpmn:extensionElements>${more}</bpmn:subProcess>`;
const norm = '<duty:param name="norm" value="A &amp; 1"/>';
const diagram = (...inner: readonly string[]): string =>
  document(
    `<bpmn:message id="Message_Own" name="told"/><bpmn:process id="handling">${inner.join('')}</bpmn:process>`,
  );
const expanded = (...inner: readonly string[]): string =>
  expandFragments(diagram(...inner), 'processes/handling.bpmn', fragments);

function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (cause) {
    if (cause instanceof Refusal) return cause;
    throw cause;
  }
  throw new Error('not refused');
}

describe('流程图的片段', () => {
  it('展开在占位的环节里：id 和引用加前缀，占位环节自己的不变', () => {
    const xml = expanded(placeholder('S', 'told', norm));
    expect(xml).to.contain(
      '<bpmn:subProcess id="S" name="告知" triggeredByEvent="true" duty:fragment="told">',
    );
    expect(xml).to.contain('<bpmn:documentation>本市的</bpmn:documentation>').and.not.to.contain('说明');
    expect(xml).to.contain('<bpmn:incoming>S_Flow_Told</bpmn:incoming>');
    expect(xml).to.contain('id="S_Flow_Told" sourceRef="S_Start_Told" targetRef="S_Task_Tell"');
    expect(xml).to.contain('id="S_Timer_Tell" attachedToRef="S_Task_Tell"');
    expect(xml).to.contain('duty:after="S_Timer_Tell"').and.to.contain('duty:notBy="S_Start_Told"');
    expect(xml).not.to.match(/"(?:Start|Task|Flow|Timer|End)_/);
  });

  it('参数填在属性里，没有给的用片段写的；有内容的放在它的位置', () => {
    const own = '<duty:param name="fields"><duty:field key="when" label="何时"/></duty:param>';
    const xml = expanded(
      placeholder('S', 'told', norm),
      placeholder('T', 'told', `${norm}${own}<duty:param name="others" value="Task_Handle"/>`),
    );
    expect(xml).to.contain('<duty:norm norm="A &amp; 1" relation="checks"/>');
    expect(xml).to.contain('duty:notBy="T_Start_Told Task_Handle"');
    expect(xml.match(/<duty:field key="\w+"/g)).to.deep.equal([
      '<duty:field key="how"',
      '<duty:field key="when"',
    ]);
    expect(xml).not.to.match(/duty:param|duty:slot|\{\w+\}/);
  });

  it('写 none 的一部分不要，它引到的、它的图形也没有；没有写的都在', () => {
    const whole = expanded(placeholder('S', 'told', norm));
    expect(whole).to.contain('id="S_Timer_Tell"').and.to.contain('id="S_End_Late_di"');
    expect(whole).not.to.contain('duty:when');
    const less = expanded(placeholder('S', 'told', `${norm}<duty:param name="timed" value="none"/>`));
    expect(less).not.to.match(/S_Timer_Tell|End_Late|Flow_Late|duty:when/);
    expect(less).to.contain('id="S_Task_Tell_di"').and.to.contain('bpmnElement="S"');
  });

  it('消息、信号按名称合并：流程图有的用它的，没有的只带来一次', () => {
    const xml = expanded(placeholder('S', 'told', norm), placeholder('T', 'told', norm));
    expect(xml.match(/<bpmn:message /g)).to.have.length(1);
    expect(xml.match(/messageRef="Message_Own"/g)).to.have.length(2);
    expect(xml.match(/<bpmn:signal /g)).to.have.length(1);
    expect(xml.match(/signalRef="S_Signal_Told"/g)).to.have.length(2);
  });

  it('带来自己的图面', () => {
    expect(expanded(placeholder('S', 'told', norm))).to.contain(
      '<bpmndi:BPMNPlane id="S_Plane_told" bpmnElement="S">',
    );
  });

  it('展开过的不再展开，没有片段的一字不改', () => {
    const xml = expanded(placeholder('S', 'told', norm));
    expect(expandFragments(xml, '', fragments)).to.equal(xml);
    const plain = diagram('<bpmn:startEvent id="Start"/>');
    expect(expandFragments(plain, '', fragments)).to.equal(plain);
  });

  for (const [what, inner, said, remedy] of [
    ['没有的片段', placeholder('S', 'tell', ''), '没有片段“tell”', 'told、round'],
    ['少了参数', placeholder('S', 'told', ''), '缺片段的参数 norm', 'norm、message、others、fields、timed'],
    [
      '多了参数',
      placeholder('S', 'told', `${norm}<duty:param name="norms" value="x"/>`),
      '没有参数 norms',
      'norm、message、others、fields、timed',
    ],
    ['参数写了两次', placeholder('S', 'told', `${norm}${norm}`), '参数 norm 写了两次', '只写一次'],
    [
      '又有参数，又有自己的环节',
      placeholder('S', 'told', norm, '<bpmn:startEvent id="Own"/>'),
      '又有自己的环节',
      '只留一样',
    ],
    [
      '同一个 id',
      `${placeholder('S', 'told', norm)}<bpmn:userTask id="S_Task_Tell"/>`,
      '这个 id 有两个',
      '换一个 id',
    ],
    ['套着自己的片段', placeholder('S', 'round', ''), '没有尽头', '不能套自己'],
  ] as const)
    it(`${what}：拒绝，说出文件、环节和可以写什么`, () => {
      const { code, message, where, remedy: fix } = refusal(() => expanded(inner));
      expect(code).to.equal('package.invalid');
      expect(message).to.contain(said);
      expect(where).to.match(/^processes\/handling\.bpmn S/);
      expect(fix).to.contain(remedy);
    });

  it('片段用了没有声明的参数：拒绝，指名片段的文件', () => {
    const wrong = told.replace('name="{message}"', 'name="{mesage}"');
    const found = refusal(() =>
      expandFragments(diagram(placeholder('S', 'told', norm)), 'x', { names: [], textOf: () => wrong }),
    );
    expect(`${found.message} ${found.remedy}`)
      .to.contain('mesage')
      .and.to.contain('processes/fragments/told.bpmn');
  });
});

describe('各城市用的片段', () => {
  for (const city of ['', 'packages/weifang', 'packages/beijing'])
    it(`${city || '济南'}：读写一遍，一个环节、一个图形也不少，片段的名称还在`, async () => {
      const root = `${packageRoot}/${city}`.replace(/\/$/, '');
      for (const key of ['handling', 'supervision', 'accountability', 'assessment']) {
        const xml = packageText(`processes/${key}.bpmn`, root);
        const written = await writeDiagram((await parseDiagram(xml)).root);
        const marks = (text: string): readonly string[] =>
          [...text.matchAll(/ (?:id|bpmnElement|duty:fragment|norm|duty:notBy)="[^"]*"/g)]
            .map(([mark]) => mark)
            .sort();
        expect(marks(written)).to.deep.equal(marks(xml));
        const pages = [...xml.matchAll(/<bpmndi:BPMNPlane [^>]*bpmnElement="(\w+)"/g)].map(([, id]) => id);
        const used = [...xml.matchAll(/<bpmn:subProcess id="(\w+)"[^>]* duty:fragment="/g)].map(
          ([, id]) => id,
        );
        expect(pages).to.include.members(used);
      }
    });

  it('每个片段写明是什么，每个参数有名称', () => {
    for (const city of ['packages/weifang', 'packages/beijing'])
      for (const name of packageFragments(`${packageRoot}/${city}`)) {
        const { title, documentation, params } = fragmentIn(
          packageText(`processes/fragments/${name}.bpmn`, `${packageRoot}/${city}`),
        );
        expect(title, name).to.match(/[\u4e00-\u9fff]/);
        expect(documentation, name).to.match(/[\u4e00-\u9fff].*。$/);
        for (const { label } of params) expect(label, name).to.match(/[\u4e00-\u9fff]/);
      }
  });
});

/** What each base fragment is sent, and where it stops on its way: a task is completed, a message is sent. */
interface Life {
  readonly params: Readonly<Record<string, string>>;
  readonly way: readonly string[];
  /** It stands in the main line, and is not triggered by an event. */
  readonly isInLine?: true;
}
const lives: Readonly<Record<string, Life>> = {
  'accountability-ended': { params: {}, way: ['overdue-withdrawn', 'Task_WithdrawAccountability'] },
  'call-back': { params: {}, way: ['Task_CallBack'], isInLine: true },
  coordination: {
    params: {},
    way: ['Task_Coordinate', 'Task_GeneralOffice', 'Task_ExecutiveMeeting'],
    isInLine: true,
  },
  extension: {
    params: { decision: 'reply-extension', limit: 'Timer_Limit', others: 'Task_Wait' },
    way: ['extension-applied', 'Task_JudgeExtension', 'Task_DecideExtension', 'Task_RecordExtension'],
  },
  objection: {
    params: { others: 'Task_Wait' },
    way: ['objection-raised', 'Task_RegisterObjection', 'Task_DecideObjection', 'Task_ApplyObjection'],
  },
  'overdue-withdrawn': { params: {}, way: ['overdue-withdrawn', 'Task_WithdrawOverdue'] },
  pause: {
    params: { clock: 'reply', begun: 'held', ended: 'released' },
    way: ['held', 'Task_PauseClock', 'released', 'Task_ResumeClock'],
  },
  recusal: { params: {}, way: ['recusal-stated', 'Task_RecordRecusal'] },
  return: { params: {}, way: ['Task_HoldForRuling', 'Task_DecideReturn'], isInLine: true },
  rung: { params: {}, way: ['Task_Work', 'handled'], isInLine: true },
  'supervision-ended': {
    params: { message: 'matter-closed' },
    way: ['matter-closed', 'Task_EndSupervision'],
  },
  withdrawal: {
    params: { unless: '继续办理', relieves: '' },
    way: ['withdrawal-told', 'Task_RecordWithdrawal'],
  },
};
const given: Readonly<Record<string, string>> = { provision: 'art1', norm: 'A01' };
const variables = {
  extensionAdmissible: true,
  ...{ draggingOn: false, complexMatter: false, coordinationResult: 'unsolved', officeResult: 'unsolved' },
};
/** Those that end what they interrupt. */
const ending = new Set(['accountability-ended', 'supervision-ended', 'withdrawal']);

describe('基础包的片段在一张小图里走到头', () => {
  it('一个片段也不少', () => {
    expect(packageFragments(packageRoot)).to.deep.equal(Object.keys(lives).sort());
  });

  for (const [name, { params, way, isInLine }] of Object.entries(lives))
    it(name, async () => {
      const declared = fragmentIn(packageText(`processes/fragments/${name}.bpmn`, packageRoot)).params;
      const said = declared
        .filter(
          ({ name: key, value, content }) => key in params || (value === undefined && content.length === 0),
        )
        .map(({ name: key }) => `<duty:param name="${key}" value="${{ ...given, ...params }[key] ?? ''}"/>`)
        .join('');
      const event = isInLine ? '' : ' triggeredByEvent="true"';
      const place = `<bpmn:subProcess id="F" name="片段"${event} duty:fragment="${name}"><bpmn:extensionElements>${said}</bpmn:extensionElements></bpmn:subProcess>`;
      const before = isInLine ? '<bpmn:sequenceFlow id="F0" sourceRef="F" targetRef="Task_Wait"/>' : '';
      const xml = withFragments(
        document(`<bpmn:process id="host" isExecutable="true">
        <bpmn:startEvent id="Start"/>${before}
        <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="${isInLine ? 'F' : 'Task_Wait'}"/>
        <bpmn:userTask id="Task_Wait" name="等"/>
        <bpmn:boundaryEvent id="Timer_Limit" attachedToRef="Task_Wait" cancelActivity="false">
          <bpmn:timerEventDefinition id="T"><bpmn:timeDuration>P5D</bpmn:timeDuration></bpmn:timerEventDefinition>
        </bpmn:boundaryEvent>
        <bpmn:sequenceFlow id="F2" sourceRef="Task_Wait" targetRef="End"/><bpmn:endEvent id="End"/>
        ${place}</bpmn:process>`),
        'host.bpmn',
        packageRoot,
      );
      const definition = definitionOf(await parseDiagram(xml));
      const stimuli = way.map((step): Stimulus => {
        if (!step.startsWith('Task_')) return { kind: 'message', name: step };
        return { kind: 'complete', task: `F_${step}` };
      });
      const lines = [
        ...traceProcess({
          ...{ runtime: tokenRuntime, definition, now: new Date('2026-03-02T10:00:00+08:00') },
          variables,
          stimuli: stimuli.map((stimulus) => ({ given: {}, stimulus, variables: {} })),
        }),
      ];
      const tasks = way.flatMap((step, at) => (step.startsWith('Task_') ? [[`F_${step}`, at] as const] : []));
      for (const [task, at] of tasks) expect(lines[at]?.waiting, task).to.include(task);
      const last = lines.at(-1);
      expect(last?.waiting.filter((id) => id.startsWith('F_'))).to.deep.equal([]);
      expect(last?.ended).to.equal(ending.has(name));
    });
});
