import { expect } from 'chai';
import { factsOf, type Fact } from '../../../src/measures/assessment/index.js';
import { shippedCatalogue } from '../../../src/law/regulation/index.js';
import { createCaseRunner, type CaseRunner } from '../../support/case-runner.js';
import { armedIn, subjectOf } from '../../../src/accountability/events/index.js';

/** The day and hour of a case in October and November 2026. */
const at = (text: string): Date => new Date(`2026-${text}:00+08:00`);

const catalogue = shippedCatalogue('2026-10-01');

const counted = (runner: CaseRunner, law = catalogue): Fact[] =>
  factsOf(
    law,
    runner.entries.map((entry, index) => ({ ...entry, seq: index + 1 })),
  );

const told = (facts: readonly Fact[]) =>
  facts.map(
    ({ measure, period, unit, met, round }) => `${period} ${unit} ${measure} ${met ? 1 : 0} r${round}`,
  );

async function dispatched(when: string, unit = '市水务局'): Promise<CaseRunner> {
  const runner = await createCaseRunner();
  runner.start('acceptance', at(when), { channel: 'phone', kind: 'complaint' });
  const register = {
    channel: 'phone',
    kind: 'complaint',
    wishesReply: true,
    confidential: false,
    accusation: 'matter',
  };
  runner.complete('Task_Register', { ...register, conduct: 'orderly' }, at(when));
  runner.complete('Task_DecideWayOut', { wayOut: 'dispatch' }, at(when));
  runner.complete('Task_Dispatch', { unit, dispatchBasis: 'duty' }, at(when));
  return runner;
}

function replied(runner: CaseRunner, when: string, branch = 'within-limit'): void {
  runner.complete('Task_Handle', { branch, handlingResult: '略' }, at(when));
  if (branch === 'promised-date') {
    const told = { progress: '略', measures: '略', promisedDate: '2026-11-10' };
    runner.complete('Task_StateMeasures', told, at(when));
  }
  runner.complete('Task_ReplyCaller', { replySummary: '略', replyChannel: 'phone' }, at(when));
  runner.complete('Task_Feedback', { feedbackSummary: '略' }, at(when));
}

function calledBack(runner: CaseRunner, when: string, satisfaction: string, resolved: boolean): void {
  runner.complete('Task_AuditFeedback', { auditResult: 'pass', auditReason: '略' }, at(when));
  const reached = satisfaction !== 'unreachable';
  const record = {
    ...{ factsVerified: reached, resolved, satisfaction, callBackTries: 3, callBackRecord: '略' },
    ...(reached ? {} : { notEstablished: true }),
  };
  runner.complete('SubProcess_CallBack_Task_CallBack', record, at(when));
}

describe('一张工单在考核里怎样计（只看轨迹）', () => {
  it('类别更正了的：以前计的归原来的类别，以后的归新的', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    const before = runner.entries.length;
    replied(runner, '10-14T10:00');
    const correction = {
      type: 'sheet.corrected' as const,
      at: at('10-13T10:00'),
      body: {
        fields: ['kind'],
        recordedAt: at('10-13T10:00').toISOString(),
        data: { kind: 'help' },
        provisions: [],
      },
    };
    const trail = [...runner.entries.slice(0, before), correction, ...runner.entries.slice(before)];
    const facts = factsOf(
      catalogue,
      trail.map((entry, index) => ({ ...entry, seq: index + 1 })),
    );
    const kinds = (of: readonly Fact[]) => new Set(of.map(({ kind }) => kind).filter((kind) => kind !== ''));
    expect(kinds(facts.filter(({ decided }) => decided <= before))).to.deep.equal(new Set(['complaint']));
    expect(kinds(facts.filter(({ decided }) => decided > before))).to.deep.equal(new Set(['help']));
  });

  it('按时签收、按时答复、满意：每项计一次', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    replied(runner, '10-14T10:00');
    calledBack(runner, '10-15T10:00', 'satisfied', true);
    expect(told(counted(runner)).sort()).to.deep.equal(
      [
        '2026-10  accepted 1 r1',
        '2026-10 市水务局 reception 1 r1',
        '2026-10 市水务局 returned 0 r1',
        '2026-10 市水务局 reply 1 r1',
        '2026-10 市水务局 completion 1 r1',
        '2026-10 市水务局 satisfaction 1 r1',
        '2026-10 市水务局 resolution 1 r1',
        '2026-10 市水务局 rework 0 r1',
        '2026-10 市水务局 supervised 0 r1',
      ].sort(),
    );
  });

  it('第二十四条：10 月 30 日 24:00 届满的期限属于十月，尽管那一刻是 31 日零点；之后的答复不再计', async () => {
    const runner = await dispatched('10-23T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-23T10:00'));
    replied(runner, '11-03T10:00');
    const reply = counted(runner).filter(({ measure }) => measure === 'reply');
    expect(told(reply)).to.deep.equal(['2026-10 市水务局 reply 0 r1']);
    expect(reply[0]?.at.toISOString()).to.equal('2026-10-30T16:00:00.000Z');
    const completion = counted(runner).filter(({ measure }) => measure === 'completion');
    expect(told(completion)).to.deep.equal(['2026-11 市水务局 completion 0 r1']);
  });

  it('月末最后一个工作日 24:00 届满的属于当月，零点作出的行为属于次月', async () => {
    const late = await dispatched('11-23T09:00');
    late.complete('Task_Receive', { receipt: 'accept' }, at('11-23T10:00'));
    late.moveTo(at('12-01T00:00'));
    const [missed] = counted(late).filter(({ measure }) => measure === 'reply');
    expect([missed?.period, missed?.at.toISOString()]).to.deep.equal(['2026-11', '2026-11-30T16:00:00.000Z']);
    const kept = await dispatched('11-23T09:00');
    kept.complete('Task_Receive', { receipt: 'accept' }, at('11-23T10:00'));
    replied(kept, '12-01T00:00');
    const reply = counted(kept).filter(({ measure }) => measure === 'reply');
    expect(told(reply)).to.deep.equal(['2026-12 市水务局 reply 1 r1']);
  });

  it('没有在退单期限内签收的，期满时计一次未签收；之后签收不再计', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-15T09:00'));
    const reception = counted(runner).filter(({ measure }) => measure === 'reception');
    expect(told(reception)).to.deep.equal(['2026-10 市水务局 reception 0 r1']);
  });

  it('退单：意见属于退单的单位，改派之后的属于新单位', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'return', returnReason: '略' }, at('10-12T10:00'));
    const decision = { returnDecision: 'reassign', unit: '市城管局', returnDecisionReason: '略' };
    runner.complete('SubProcess_Return_Task_DecideReturn', decision, at('10-12T15:00'));
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-13T09:00'));
    replied(runner, '10-14T10:00');
    expect(told(counted(runner)).filter((line) => !/accepted|completion/.test(line))).to.deep.equal([
      '2026-10 市水务局 reception 1 r1',
      '2026-10 市水务局 returned 1 r1',
      '2026-10 市城管局 reception 1 r1',
      '2026-10 市城管局 returned 0 r1',
      '2026-10 市城管局 reply 1 r1',
    ]);
  });

  it('第二十七条：退回重办的每一轮各计一次，各属各月', async () => {
    const runner = await dispatched('10-26T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-26T10:00'));
    replied(runner, '10-28T10:00');
    calledBack(runner, '10-29T10:00', 'unsatisfied', false);
    runner.complete('Task_DecideRework', { reworkDecision: 'return', reworkReason: '略' }, at('10-30T10:00'));
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-30T11:00'));
    replied(runner, '11-02T10:00');
    calledBack(runner, '11-03T10:00', 'basically-satisfied', true);
    const lines = told(counted(runner)).filter((line) => /rework|satisfaction|reply/.test(line));
    expect(lines).to.deep.equal([
      '2026-10 市水务局 reply 1 r1',
      '2026-10 市水务局 satisfaction 0 r1',
      '2026-10 市水务局 rework 1 r1',
      '2026-11 市水务局 reply 1 r2',
      '2026-11 市水务局 rework 0 r2',
      '2026-11 市水务局 satisfaction 1 r2',
    ]);
  });

  it('第二十四条第二款：另定期限的，办结看所告知的期限', async () => {
    const runner = await dispatched('10-26T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-26T10:00'));
    replied(runner, '10-28T10:00', 'promised-date');
    expect(told(counted(runner)).filter((line) => line.includes('completion'))).to.deep.equal([]);
    runner.moveTo(at('11-12T00:00'));
    expect(told(counted(runner)).filter((line) => /completion|reply/.test(line))).to.deep.equal([
      '2026-10 市水务局 reply 1 r1',
      '2026-11 市水务局 completion 0 r1',
    ]);
  });

  it('无法联系的回访不计满意和解决', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    replied(runner, '10-14T10:00');
    calledBack(runner, '10-15T10:00', 'unreachable', false);
    expect(told(counted(runner)).filter((line) => /satisfaction|resolution/.test(line))).to.deep.equal([]);
  });

  it('接通了没有评价的，计解决，不计满意', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    replied(runner, '10-14T10:00');
    calledBack(runner, '10-15T10:00', 'not-rated', true);
    const lines = told(counted(runner)).filter((line) => /satisfaction|resolution/.test(line));
    expect(lines).to.deep.equal(['2026-10 市水务局 resolution 1 r1']);
  });

  it('来电人自评另计一项，不并入回访的满意：各评各计，属于当时承办的单位', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    replied(runner, '10-14T10:00');
    const trail = runner.entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
    const rated = (rating: string, when: string, seq: number) => ({
      ...{ type: 'caller.rated' as const, v: 1, at: at(when), seq },
      body: {
        ...{ actor: '来电人', rating, provisions: ['art27.p1'] },
        recordedAt: at(when).toISOString(),
      },
    });
    const facts = factsOf(catalogue, [
      ...trail,
      rated('dissatisfied', '10-14T11:00', trail.length + 1),
      rated('fair', '11-02T09:00', trail.length + 2),
    ]);
    const own = facts.filter(({ measure }) => measure === 'ownRating');
    expect(told(own)).to.deep.equal(['2026-10 市水务局 ownRating 0 r1', '2026-11 市水务局 ownRating 1 r1']);
    expect(told(facts.filter(({ measure }) => measure !== 'ownRating'))).to.deep.equal(
      told(factsOf(catalogue, trail)),
    );
  });

  it('放假安排改了，误记的超期撤回：其间已经答复的，按时', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    replied(runner, '10-20T10:00');
    expect(told(counted(runner)).filter((line) => line.includes('reply'))).to.deep.equal([
      '2026-10 市水务局 reply 0 r1',
    ]);
    const wrong = { withdrawnOverdue: ['2026-10-19T16:00:00.000Z'], withdrawnReds: [] };
    runner.send('overdue-withdrawn', wrong, at('10-21T10:00'));
    expect(told(counted(runner)).filter((line) => /reply|completion/.test(line))).to.deep.equal([
      '2026-10 市水务局 completion 1 r1',
      '2026-10 市水务局 reply 1 r1',
    ]);
  });

  it('放假安排改了，期限在另一刻届满的，归到那一刻所属的月份', async () => {
    const runner = await dispatched('10-23T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-23T10:00'));
    replied(runner, '11-05T10:00');
    const move = { from: '2026-10-30T16:00:00.000Z', to: '2026-11-03T16:00:00.000Z' };
    runner.send('overdue-withdrawn', { withdrawnOverdue: [], redatedOverdue: [move] }, at('11-06T10:00'));
    const reply = counted(runner).filter(({ measure }) => measure === 'reply');
    expect(told(reply)).to.deep.equal(['2026-11 市水务局 reply 0 r1']);
  });

  it('怎样算满意是条例的数据：另一版只认满意的，基本满意就不达标', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    replied(runner, '10-14T10:00');
    calledBack(runner, '10-15T10:00', 'basically-satisfied', true);
    const { measures } = catalogue.measures;
    const rated = (...satisfaction: string[]) => [{ deed: 'call-back.made', facts: { satisfaction } }];
    const { satisfaction: shipped } = measures;
    if (!shipped) throw new Error('the catalogue does not measure satisfaction');
    const strict = {
      ...shipped,
      decided: [
        { when: rated('satisfied'), met: true, unlessPassed: null },
        { when: rated('basically-satisfied', 'unsatisfied'), met: false, unlessPassed: null },
      ],
    };
    const stricter = {
      ...catalogue,
      measures: { ...catalogue.measures, measures: { ...measures, satisfaction: strict } },
    };
    const satisfaction = (law: typeof catalogue) =>
      told(counted(runner, law)).filter((line) => line.includes('satisfaction'));
    expect(satisfaction(catalogue)).to.deep.equal(['2026-10 市水务局 satisfaction 1 r1']);
    expect(satisfaction(stricter)).to.deep.equal(['2026-10 市水务局 satisfaction 0 r1']);
  });

  it('一家超期以后工单交到另一家：各有各的期限，各计各的', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    runner.moveTo(at('10-20T09:00'));
    const recusal = { withdrawingUnits: '市水务局', recusalBasis: 'accused', recusalFacts: '略' };
    runner.send('recusal-stated', recusal, at('10-20T10:00'));
    const decision = { unit: '市城管局', returnDecisionReason: '略' };
    runner.complete('Task_RuleAfterRecusal', decision, at('10-20T11:00'));
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-20T15:00'));
    replied(runner, '10-22T10:00');
    expect(told(counted(runner)).filter((line) => / (reply|completion) /.test(line))).to.deep.equal([
      '2026-10 市水务局 reply 0 r1',
      '2026-10 市城管局 completion 1 r1',
      '2026-10 市城管局 reply 1 r1',
    ]);
  });

  it('每个事实指明轨迹里开始和决定它的条目', async () => {
    const runner = await dispatched('10-12T09:00');
    runner.complete('Task_Receive', { receipt: 'accept' }, at('10-12T10:00'));
    replied(runner, '10-14T10:00');
    const [reply] = counted(runner).filter(({ measure }) => measure === 'reply');
    const [opened, decided] = [reply?.opened, reply?.decided].map((seq) => runner.entries[(seq ?? 0) - 1]);
    expect(opened && armedIn(opened).map(({ element }) => element)).to.include('Timer_ReplyLimit');
    expect(decided && subjectOf(decided)).to.equal('Task_Feedback');
  });
});
