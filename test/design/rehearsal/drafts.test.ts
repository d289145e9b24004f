import { expect } from 'chai';
import { defaultCalendar } from '../../../src/calendar/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import {
  actsOf,
  readScenarios,
  replayPastCase,
  rehearsedCase,
  replayReport,
  runScenario,
  scenarioReport,
  shippedStage,
  type PastCase,
  type RehearsedCase,
  runTrialInWorker,
  type Stage,
  type TrialProgress,
} from '../../../src/design/rehearsal/index.js';
import { cityPackage } from '../../../src/kernel/package-root.js';
import { shippedSources, theShippedStage } from '../../support/case-runner.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { armedIn, enteredIn, subjectOf, waitingIn } from '../../../src/accountability/events/index.js';
import { drawnLimit } from '../../support/drawn-limit.js';

const law = shippedLaw('2026-03-02');
const at = (text: string): Date => new Date(`2026-${text}:00+08:00`);

/** The shipped diagrams with one of them changed. */
async function draft(change: (source: string) => string): Promise<Stage> {
  const before = shippedSources();
  const after = before.map(change);
  expect(after, 'the change changes something').not.to.deep.equal(before);
  return shippedStage(after, law);
}

const replyLimit = (length: string) => draft((source) => drawnLimit(source, length));

const register: JsonObject = {
  channel: 'phone',
  kind: 'complaint',
  accusation: 'matter',
  wishesReply: true,
  confidential: false,
};

const no = '2026-0001';

/**
 * Dispatched on Monday 12 October 2026 and answered on Monday 19th, in time by the five working
 * days; or received by the unit and left lying.
 */
function livedCase(
  stage: Stage,
  upTo: 'answered' | 'received' = 'answered',
): { runner: RehearsedCase; past: PastCase } {
  const runner = rehearsedCase(stage, { businessKey: no });
  runner.start('acceptance', at('10-12T09:00'), { channel: 'phone', kind: 'complaint' });
  runner.complete('Task_Register', { ...register, conduct: 'orderly' }, at('10-12T09:00'));
  runner.complete('Task_DecideWayOut', { wayOut: 'dispatch' }, at('10-12T09:01'));
  runner.complete('Task_Dispatch', { unit: '市水务局', dispatchBasis: 'duty' }, at('10-12T09:02'));
  runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
  if (upTo === 'received')
    return { runner, past: { no, acts: actsOf(runner.entries), until: at('10-12T10:00') } };
  runner.complete('Task_Handle', { branch: 'within-limit', handlingResult: '略' }, at('10-19T10:00'));
  runner.complete('Task_ReplyCaller', { replySummary: '略', replyChannel: 'phone' }, at('10-19T10:01'));
  runner.complete('Task_Feedback', { feedbackSummary: '略' }, at('10-19T10:02'));
  return { runner, past: { no, acts: actsOf(runner.entries), until: at('10-19T10:02') } };
}

const lived = (stage: Stage): PastCase => livedCase(stage).past;

describe('草案在真实的引擎上推演', () => {
  it('情景：回复期限放宽到 6 个工作日，第二十四条的情景不再通过，并说出哪一步', async () => {
    const scenarios = await readScenarios();
    const report = await scenarioReport(await replyLimit('P6D'), scenarios);
    expect(report.scenarios).to.equal(scenarios.length);
    const late = report.failed.find(({ name }) => name === 'art24-late');
    expect(late?.provisions).to.include('art24.p1');
    expect(late?.failures.join('\n')).to.match(/升级应为 .*red .*实际是/);
  });

  it('情景：没有环节是那个行为的，说此时没有人可以做，之后的步骤不再走', async () => {
    const stage = await draft((source) =>
      source.replaceAll('name="feedback.audited"', 'name="feedback.seen"'),
    );
    const scenario = (await readScenarios()).find(({ name }) => name === 'art24-in-time');
    if (!scenario) throw new Error('no scenario art24-in-time');
    const { failures } = runScenario(stage, scenario);
    expect(failures).to.have.length(1);
    expect(failures[0]).to.match(/^热线审核反馈：此时没有人可以做“feedback.audited”/);
  });

  it('情景和以往的工单另起线程试跑：说走到哪里，结果与这里的相同', async () => {
    const stage = await theShippedStage();
    const inForce = shippedSources();
    const handling = inForce.find((source) => source.includes('id="Timer_ReplyLimit"')) ?? '';
    const told: TrialProgress[] = [];
    const { scenarios, replay } = await runTrialInWorker(
      {
        inForce,
        draft: drawnLimit(handling, 'P4D'),
        law,
        root: cityPackage(),
        calendar: defaultCalendar().sources,
        decisions: [],
        cases: [lived(stage)],
        mostOnBothEngines: 1000,
        mostWalks: 5,
      },
      (progress) => told.push(progress),
      new AbortController().signal,
    );
    expect(scenarios.scenarios).to.equal((await readScenarios()).length);
    expect(scenarios.failed).not.to.deep.equal([]);
    const stopped = scenarios.failed.filter(({ walked }) => !walked).map(({ name }) => name);
    expect(stopped).to.deep.equal([]);
    expect(replay).to.deep.equal(
      await replayReport({ inForce: stage, draft: await replyLimit('P4D') }, [lived(stage)]),
    );
    expect(replay).to.include({ cases: 1, escalation: 1 });
    expect(told.at(-1)).to.deep.equal({ what: 'replay', done: 1, of: 1 });
    expect(told).to.deep.include({ what: 'scenarios', done: 1, of: scenarios.scenarios });
  });

  it('停下来的试跑不再做下去', async () => {
    const stopping = new AbortController();
    const order = {
      inForce: shippedSources(),
      draft: shippedSources()[0] ?? '',
      law,
      root: cityPackage(),
      calendar: defaultCalendar().sources,
      decisions: [],
      cases: [],
      mostOnBothEngines: 1000,
      mostWalks: 5,
    } as const;
    const failure = await runTrialInWorker(order, () => stopping.abort(), stopping.signal).catch(
      (error: unknown) => error,
    );
    expect(String(failure)).to.include('试跑没有做完');
  });

  it('轨迹里的行为重走一遍，与原来逐条相同', async () => {
    const stage = await theShippedStage();
    const { runner, past } = livedCase(stage);
    const { rehearsed, unfit } = replayPastCase(stage, past);
    expect(unfit).to.equal(undefined);
    const told = ({ entries }: typeof rehearsed) =>
      entries.map((entry) => [
        entry.type,
        entry.at,
        subjectOf(entry),
        enteredIn(entry),
        waitingIn(entry),
        armedIn(entry),
      ]);
    expect(told(rehearsed)).to.deep.equal(told(runner));
  });

  it('期限届满的那一刻开出的待办，当刻就办的，也走得通', async () => {
    const stage = await theShippedStage();
    const { runner } = livedCase(stage, 'received');
    // The red card starts a supervision; a person on duty at midnight does its task at once.
    const midnight = at('10-20T00:00');
    runner.moveTo(midnight);
    runner.complete('Task_CityUrge', { cityUrgeRecord: '略' }, midnight);
    const past: PastCase = { no, acts: actsOf(runner.entries), until: midnight };
    const { rehearsed, unfit } = replayPastCase(stage, past);
    expect(unfit).to.equal(undefined);
    expect(rehearsed.entries.map(({ type, at }) => [type, at])).to.deep.equal(
      runner.entries.map(({ type, at }) => [type, at]),
    );
  });

  it('以往的工单：现行与草案一样的，没有差别', async () => {
    const stage = await theShippedStage();
    const report = await replayReport({ inForce: stage, draft: stage }, [lived(stage)]);
    expect(report).to.include({ cases: 1, same: 1, unfit: 0, outcome: 0, escalation: 0, incomparable: 0 });
  });

  it('以往的工单：期限缩短到 4 个工作日，本来按时的会得红牌', async () => {
    const stage = await theShippedStage();
    const report = await replayReport({ inForce: stage, draft: await replyLimit('P4D') }, [lived(stage)]);
    expect(report).to.include({ cases: 1, same: 0, escalation: 1 });
    expect(report.differences[0]?.before).not.to.include('红牌');
    expect(report.differences[0]?.after).to.include('红牌');
  });

  it('以往的工单：表单多要一项必填的，走不下去，并说缺什么', async () => {
    const stage = await theShippedStage();
    const asking = await draft((source) =>
      source.replace(
        /(<bpmn:userTask id="Task_Receive"[\s\S]*?<duty:form>)/,
        '$1<duty:field key="receivedBy" label="经办人" type="text" required="true"/>',
      ),
    );
    const report = await replayReport({ inForce: stage, draft: asking }, [lived(stage)]);
    expect(report).to.include({ unfit: 1 });
    expect(report.differences[0]?.after).to.include('经办人');
  });

  it('一条消息几个流程都等着的，只算一个行为；流程之间的消息、到期不算', () => {
    const step = { process: 'handling', version: 1, instance: 1, recordedAt: '2026-10-12T01:00:00.000Z' };
    const message = { ...step, of: 'extension-applied', actor: '甲', data: { days: 3 } };
    const acts = actsOf([
      { type: 'message.received', at: at('10-12T09:00'), body: message },
      { type: 'message.received', at: at('10-12T09:00'), body: { ...message, instance: 2 } },
      {
        type: 'message.received',
        at: at('10-12T09:00'),
        body: { ...step, of: 'handled', from: 'handling', process: 'supervision' },
      },
      { type: 'timer.fired', at: at('10-13T00:00'), body: { ...step, of: 'Timer_ReplyLimit' } },
    ]);
    expect(acts).to.deep.equal([
      { kind: 'send', message: 'extension-applied', at: at('10-12T09:00'), data: { days: 3 } },
    ]);
  });
});
