/**
 * Scenarios that officers record: in the words of the regulation, stored in the diagram, and valid
 * after it is redrawn.
 */
import { expect } from 'chai';
import { checkDiagram } from '../../../src/design/compliance/index.js';
import {
  recordScenario,
  readScenarios,
  runScenario,
  scenariosWith,
  shippedStage,
  withDrafts,
  type DryAct,
} from '../../../src/design/rehearsal/index.js';
import { shippedCatalogue, shippedLaw } from '../../../src/law/regulation/index.js';
import { checkContext, shippedDiagrams } from '../../support/check-context.js';
import { shippedSources } from '../../support/case-runner.js';

const law = shippedLaw('2026-03-02');
const handling = (): string => shippedSources()[1] ?? '';

/** Adds a task that is no deed between the reply and the feedback: a leader signs. */
const withSigning = (source: string, id: string): string =>
  source
    .replace(
      /(<bpmn:sequenceFlow id="[^"]*" [^>]*sourceRef="Task_ReplyCaller" targetRef=")Gateway_ToRelay"/,
      `$1${id}"`,
    )
    .replace(
      '<bpmn:userTask id="Task_Feedback"',
      `<bpmn:userTask id="${id}" name="领导签批" duty:role="unit"><bpmn:extensionElements><duty:form><duty:field key="signedBy" label="谁签" type="text" required="true"/></duty:form></bpmn:extensionElements></bpmn:userTask><bpmn:sequenceFlow id="${id}_Out" sourceRef="${id}" targetRef="Gateway_ToRelay"/><bpmn:userTask id="Task_Feedback"`,
    )
    .replace(/\s*<bpmn:(incoming|outgoing)>[^<]*<\/bpmn:\1>/g, '');

const drawnInto = (source: string, name: string, title: string, steps: string, retired = ''): string =>
  source.replace(
    /(<bpmn:process [^>]*>)(\s*<bpmn:extensionElements>)?/,
    (_all, process: string, extensions?: string) => {
      const one = `<duty:scenario name="${name}" title="${title}"${retired}>${steps.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</duty:scenario>`;
      return extensions === undefined
        ? `${process}<bpmn:extensionElements>${one}</bpmn:extensionElements>`
        : `${process}${extensions}${one}`;
    },
  );

const begin = {
  message: 'dispatch',
  at: '2026-10-12T09:00:00+08:00',
  facts: { channel: 'phone', kind: 'complaint', wishesReply: true, confidential: false, unit: '市水务局' },
};
const acts: readonly DryAct[] = [
  { complete: 'Task_Receive', with: { receipt: 'accept' } },
  { clock: '2026-10-13T09:00:00+08:00' },
  { complete: 'Task_Handle', with: { branch: 'within-limit' } },
];

describe('办案人员自己的情景', () => {
  it('走过的记成行为、岗位和时刻，不说图上的环节；换了标识的图上照样成立', async function () {
    this.timeout(20_000);
    const source = withSigning(handling(), 'Task_Sign');
    const stage = await shippedStage(await withDrafts(shippedSources(), [source]), law);
    const catalogue = shippedCatalogue('2026-10-12');
    const walked: readonly DryAct[] = [
      ...acts,
      { complete: 'Task_ReplyCaller', with: { replyChannel: 'phone' } },
      { complete: 'Task_Sign', with: { signedBy: '张局长' } },
    ];
    const { content, unmet } = recordScenario(stage, catalogue, { begin, acts: walked });
    expect(unmet).to.deep.equal([]);
    const said = JSON.stringify(content);
    expect(said).to.not.match(/Task_/);
    expect(
      content.steps.map((step) => ('do' in step ? step.do : 'task' in step ? step.task.name : '')),
    ).to.include('领导签批');

    const redrawn = withSigning(handling(), 'Activity_1x9')
      .replaceAll('Task_ReplyCaller', 'Activity_0ab')
      .replaceAll('Task_Handle"', 'Activity_7zz"');
    const kept = drawnInto(redrawn, 'own-1', '签批以后反馈', said);
    const other = await shippedStage(await withDrafts(shippedSources(), [kept]), law);
    const all = await scenariosWith(await readScenarios(), [kept, ...shippedSources()]);
    const mine = all.find(({ name }) => name === 'own-1');
    expect(mine && runScenario(other, mine).failures).to.deep.equal([]);

    // Without the task the scenario fails and names the step.
    const bare = await shippedStage(await withDrafts(shippedSources(), [handling()]), law);
    expect(mine && runScenario(bare, mine).failures.join()).to.include('领导签批');
  });

  it('停用的不跑，随附的可以由图里同名的代替；读不出来的说是哪一个', async () => {
    const shipped = await readScenarios();
    const [first] = shipped;
    const { name = '', title = '' } = first ?? {};
    const retired = drawnInto(handling(), name, title, '{}', ' retired="不再有这种来源"');
    expect((await scenariosWith(shipped, [retired])).some((one) => one.name === name)).to.equal(false);
    const broken = drawnInto(handling(), 'own-2', '写坏的', '{"given": 1}');
    const refused = await scenariosWith(shipped, [broken]).then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(refused).to.include('情景“写坏的”读不出来');
  });

  it('核查：现行的图里有的情景，不写理由就不见了的，不能发布；停用须有理由', async () => {
    // A small one: the check of the largest takes a second.
    const bare = shippedDiagrams.find(({ file }) => file === 'supervision.bpmn')?.xml ?? '';
    const drawn = drawnInto(bare, 'own-3', '签收以后回复', '{"given": {"process": "supervision"}}');
    const inForce = checkContext.inForce.map((xml) => (xml === bare ? drawn : xml));
    const scenarioFindings = async (source: string): Promise<readonly string[]> =>
      (await checkDiagram(source, { ...checkContext, inForce })).findings.flatMap(({ rule, message }) =>
        rule === 'scenarios' ? [message] : [],
      );
    expect((await scenarioFindings(bare)).join()).to.include('情景“签收以后回复”不见了');
    expect(
      await scenarioFindings(drawnInto(bare, 'own-3', '签收以后回复', '{}', ' retired="合并了"')),
    ).to.deep.equal([]);
    expect(
      (await scenarioFindings(drawnInto(bare, 'own-3', '签收以后回复', '{}', ' retired=""'))).join(),
    ).to.include('没有写理由');
  });
});
