import { expect } from 'chai';
import {
  difference as differenceUnder,
  mergeSources,
  noWords,
  type Change,
  type Choices,
  type Merged,
  type Sides,
} from '../../../src/design/compliance/index.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedDiagrams } from '../../support/check-context.js';

const shipped = shippedDiagrams.find(({ file }) => file === 'supervision.bpmn')?.xml ?? '';
/** With a length of its own, which two people change. */
const base = shipped
  .replace('"Definition_SupervisionLimit_Timer"', '$& duty:unit="working-days"')
  .replace('= limit("supervision")', 'P3D');

const law = shippedLaw('2026-03-02');
const difference = (from: string, to: string): Promise<readonly Change[]> =>
  differenceUnder(from, to, noWords, law);
const merge = (sides: Sides, choices: Choices = {}): Promise<Merged> =>
  mergeSources(sides, choices, noWords, law);

/** Replaces something that is there. */
function edited(xml: string, ...edits: readonly (readonly [from: string | RegExp, to: string])[]): string {
  return edits.reduce((text, [from, to]) => {
    const now = text.replace(from, to);
    if (now === text) throw new Error(`${String(from)} is not in the diagram`);
    return now;
  }, xml);
}

const said = async (from: string, to: string): Promise<readonly string[]> =>
  (await difference(from, to)).map(({ sentence }) => sentence).toSorted();

const shorter = ['P3D', 'P2D'] as const;
const renamed = ['name="登记督办事由"', 'name="登记事由"'] as const;

describe('两个人的改动合在一起', () => {
  it('什么都没有改：写出来的还是那张图', async () => {
    const { xml, conflicts, notes } = await merge({ base, mine: base, theirs: base });
    expect(await difference(base, xml)).to.deep.equal([]);
    expect({ conflicts, notes }).to.deep.equal({ conflicts: [], notes: [] });
  });

  it('各改各的：两人的改动都在，没有要选的', async () => {
    const [mine, theirs] = [edited(base, shorter), edited(base, renamed)];
    const { xml, conflicts } = await merge({ base, mine, theirs });
    expect(conflicts).to.deep.equal([]);
    expect(await said(base, xml)).to.deep.equal(await said(base, edited(base, shorter, renamed)));
  });

  it('同一个元素，各改各的一项：也都在', async () => {
    const [named, noted] = [
      ['name="督办期限届满"', 'name="督办期满"'],
      ['relation="checks"/>', 'relation="checks" note="市政府承诺"/>'],
    ] as const;
    const [mine, theirs] = [edited(base, shorter, noted), edited(base, named)];
    const { xml, conflicts } = await merge({ base, mine, theirs });
    expect(conflicts).to.deep.equal([]);
    expect(await said(base, xml)).to.deep.equal(await said(base, edited(base, shorter, noted, named)));
  });

  it('同一个元素改得不同：同一项，两边并排，选谁就是谁；没有选的照对方的', async () => {
    const [mine, theirs] = [edited(base, shorter), edited(base, ['P3D', 'P1D'])];
    const first = await merge({ base, mine, theirs });
    expect(first.conflicts).to.deep.equal([
      {
        element: 'Timer_SupervisionLimit',
        name: '督办期限届满',
        mine: ['第28条 督办期限由 3 个工作日改为 2 个工作日'],
        theirs: ['第28条 督办期限由 3 个工作日改为 1 个工作日'],
      },
    ]);
    expect(await difference(theirs, first.xml)).to.deep.equal([]);
    const chosen = await merge({ base, mine, theirs }, { Timer_SupervisionLimit: 'mine' });
    expect(await difference(mine, chosen.xml)).to.deep.equal([]);
  });

  it('对方删去的环节，我另连了一条线：线说明去了哪里，图上没有断头', async () => {
    const without = edited(
      base,
      [' default="Flow_AccountabilityDue_NotHandled"', ''],
      [/<bpmn:outgoing>Flow_AccountabilityDue_NotHandled<\/bpmn:outgoing>/, ''],
      [/<bpmndi:BPMNEdge id="Flow_AccountabilityDue_NotHandled_di"[\s\S]*?<\/bpmndi:BPMNEdge>/, ''],
      [/<bpmn:endEvent id="End_NotHandled"[\s\S]*?<\/bpmn:endEvent>/, ''],
      [
        /<bpmn:sequenceFlow id="[^"]*"[^>]*targetRef="End_NotHandled"[\s\S]*?(?:\/>|<\/bpmn:sequenceFlow>)/,
        '',
      ],
      [/<bpmndi:BPMNShape id="End_NotHandled_di"[\s\S]*?<\/bpmndi:BPMNShape>/, ''],
    );
    const added =
      '<bpmn:sequenceFlow id="Flow_Mine" name="我的线" sourceRef="Task_CloseSupervision" targetRef="End_NotHandled"/>';
    const mine = edited(base, [/(<bpmn:endEvent id="End_NotHandled")/, `${added}$1`]);
    const { xml, notes } = await merge({ base, mine, theirs: without });
    expect(notes).to.deep.equal(['连的一头已经删去，没有并进去的连线：我的线']);
    expect(xml).not.to.include('End_NotHandled');
  });

  it('出口的先后：只有一方改过的，照改过的', async () => {
    const flip = [
      /(<bpmn:exclusiveGateway id="Gateway_OfMatter"[\s\S]*?)(<bpmn:outgoing>[^<]*<\/bpmn:outgoing>)(\s*)(<bpmn:outgoing>[^<]*<\/bpmn:outgoing>)/,
      '$1$4$3$2',
    ] as const;
    const mine = edited(base, flip);
    const { xml } = await merge({ base, mine, theirs: edited(base, renamed) });
    expect(await said(base, xml)).to.deep.equal(await said(base, edited(base, flip, renamed)));
  });
});
