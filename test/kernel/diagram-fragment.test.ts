import { expect } from 'chai';
import { parseDiagram, writeDiagram } from '../../src/engine/model/index.js';
import { expandFragments, fragmentIn, type Fragments } from '../../src/kernel/diagram-fragment.js';
import { packageFragments, packageText } from '../../src/kernel/package-content.js';
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
    <bpmn:boundaryEvent id="Timer_Tell" attachedToRef="Task_Tell">
      <bpmn:timerEventDefinition id="Definition_Tell" duty:after="Timer_Tell"/>
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="End_Told">
      <bpmn:incoming>Flow_Done</bpmn:incoming>
      <bpmn:signalEventDefinition signalRef="Signal_Told"/>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="Flow_Told" sourceRef="Start_Told" targetRef="Task_Tell"/>
    <bpmn:sequenceFlow id="Flow_Done" sourceRef="Task_Tell" targetRef="End_Told"/>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_told"><bpmndi:BPMNPlane id="Plane_told" bpmnElement="told">
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
    ['少了参数', placeholder('S', 'told', ''), '缺片段的参数 norm', 'norm、message、others、fields'],
    [
      '多了参数',
      placeholder('S', 'told', `${norm}<duty:param name="norms" value="x"/>`),
      '没有参数 norms',
      'norm、message、others、fields',
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
