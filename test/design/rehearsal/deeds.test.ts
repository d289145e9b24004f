/** Acts by their names in the regulation's vocabulary, on the shipped diagrams and on others. */
import { expect } from 'chai';
import {
  readScenarios,
  rehearse,
  runScenario,
  scriptOf,
  shippedStage,
  type Stage,
} from '../../../src/design/rehearsal/index.js';
import { shippedCatalogue, shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedSources, theShippedStage } from '../../support/case-runner.js';
import { refusalOf } from '../../support/refusal.js';
import { withApproval } from '../../support/redrawn.js';

const catalogue = shippedCatalogue('2026-01-01');
const law = shippedLaw('2026-01-01');
const dispatched = [
  {
    at: '2026-03-02T09:05:00+08:00',
    do: 'matter.registered',
    by: 'intake',
    with: { channel: 'phone', kind: 'help', wishesReply: true, confidential: false, conduct: 'orderly' },
  },
  { at: '2026-03-02T09:06:00+08:00', do: 'way-out.chosen', with: { way: 'dispatch' } },
  { at: '2026-03-02T10:00:00+08:00', do: 'dispatch.decided', with: { to: '市水务局', basis: 'duty' } },
];
const lived = (stage: Stage, steps: readonly object[]) =>
  rehearse(
    stage,
    catalogue,
    scriptOf({ start: { at: '2026-03-02T09:00:00+08:00' }, steps: [...dispatched, ...steps] }),
  );

describe('按条例的词汇推演', () => {
  let stage: Stage;
  before(async () => {
    stage = await theShippedStage();
  });

  it('第二十八条第二项：三次回访未解决而督办的，督办的是承办单位，不是此刻持有的热线（C28）', () => {
    const round = (day: number): readonly object[] => {
      const at = `2026-03-0${day}T11:00:00+08:00`;
      return [
        { at, do: 'matter.received' },
        { at, do: 'handling.stated', with: { branch: 'within-limit' } },
        { at, do: 'reply.given', with: { way: 'phone' } },
        { at, do: 'hotline.informed' },
        { at, do: 'feedback.audited', with: { result: 'pass' } },
        {
          ...{ at, do: 'call-back.made' },
          with: { factsVerified: true, resolved: false, satisfaction: 'unsatisfied' },
        },
        ...(day < 4 ? [{ at, do: 'rework.considered', with: { decision: 'return' } }] : []),
      ];
    };
    const line = lived(stage, [2, 3, 4].flatMap(round)).at(-1);
    expect(line?.refused).to.equal(null);
    expect(line?.levels.map(({ level, against }) => [level, against])).to.deep.equal([
      ['supervision', '市水务局'],
    ]);
  });

  it('每一步之后：谁持有，欠什么，何时届满，给过什么级别，还能做什么', () => {
    const line = lived(stage, [{ at: '2026-03-10T08:00:00+08:00', do: 'wait' }]).at(-1);
    expect(line?.holder).to.deep.equal({ kind: 'handling-unit', name: '市水务局' });
    expect(line?.duties.find(({ norm }) => norm === 'J27')).to.deep.equal({
      norm: 'J27',
      bearer: '市水务局',
      subject: 'matter',
      state: 'temporarily-violated',
      opened: '2026-03-02T10:00:00+08:00',
      due: '2026-03-10T00:00:00+08:00',
      violatedAt: '2026-03-10T00:00:00+08:00',
    });
    expect(line?.levels.map(({ level, against }) => `${level} ${against}`)).to.include.members([
      'reminder 市水务局',
      'yellow 市水务局',
      'red 市水务局',
    ]);
    expect(line?.can).to.include.members(['matter.received', 'matter.passed-on', 'explanation.asked']);
    expect(line?.can).to.not.include('period.closed');
    expect(line?.ended).to.equal(false);
  });

  it('不能做的拒绝，写明为什么，什么都没有变', () => {
    const at = '2026-03-03T09:00:00+08:00';
    const lines = lived(stage, [
      { at, do: 'matter.received', by: '市城管局' },
      { at, do: 'reply.given' },
      { at, do: 'reply.sent' },
      { at, do: 'matter.received', with: { colour: 'red' } },
      { at: '2026-03-02T09:00:00+08:00', do: 'wait' },
      { at, do: 'matter.received', by: '市水务局' },
    ]).slice(2);
    expect(lines.map(({ refused }) => refused)).to.deep.equal([
      null,
      ...['deed.not-yours', 'deed.not-possible', 'deed.unknown', 'input.invalid', 'input.invalid'],
      null,
    ]);
    const [before, ...refused] = lines.slice(0, 6);
    for (const line of refused) {
      expect(line.duties).to.deep.equal(before?.duties);
      expect(line.can).to.deep.equal(before?.can);
      expect(line.why).to.not.equal('');
    }
  });

  it('没有指定过的，退单不是拒不接收：做不了，也不列在可以做的里；指定以后才是（第四十条第一项）', () => {
    const at = '2026-03-02T11:00:00+08:00';
    const refusal = { do: 'receipt.refused', with: { returnReason: '不属于' } };
    const lines = lived(stage, [
      { at, ...refusal },
      { at, do: 'return.applied', with: { returnReason: '不属于' } },
      { at, do: 'return.ruled', with: { decision: 'designate', to: '市水务局' } },
      { at, ...refusal },
    ]);
    const [early, applied, ruled, late] = lines.slice(-4);
    expect(early).to.include({ refused: 'deed.not-possible' });
    expect(early?.can).to.include('return.applied').and.not.include('receipt.refused');
    expect(applied?.refused).to.equal(null);
    expect(ruled?.can).to.include('receipt.refused').and.not.include('return.applied');
    expect(late?.refused).to.equal(null);
  });

  it('不是被审核的人审核：同一个人办过的，不能再审（第二十七条）', () => {
    const at = '2026-03-03T09:00:00+08:00';
    const lines = lived(stage, [
      { at, do: 'matter.received' },
      { at, do: 'handling.stated', by: 'unit/甲', with: { branch: 'within-limit' } },
      { at, do: 'reply.given', with: { way: 'phone' } },
      { at, do: 'hotline.informed' },
      { at, do: 'feedback.audited', by: 'unit/甲', with: { result: 'pass' } },
      { at, do: 'feedback.audited', by: 'reviewer/乙', with: { result: 'pass' } },
    ]);
    expect(lines.map(({ refused }) => refused).slice(-2)).to.deep.equal(['deed.not-yours', null]);
  });

  it('两个环节之间插进一个任务的图，同样的脚本照走，义务一样', async () => {
    const steps = [
      { at: '2026-03-03T09:00:00+08:00', do: 'matter.received' },
      { at: '2026-03-03T10:00:00+08:00', do: 'handling.stated', with: { branch: 'within-limit' } },
      { at: '2026-03-03T11:00:00+08:00', do: 'reply.given', with: { way: 'phone' } },
    ];
    const inserted = await shippedStage(shippedSources().map(withApproval), law);
    const [shipped, other] = [stage, inserted].map((one) => lived(one, steps).at(-1));
    expect(other?.duties).to.deep.equal(shipped?.duties);
    expect(shipped?.can).to.include('hotline.informed');
    expect(other?.can).to.not.include('hotline.informed');
  });

  it('插进了任务的图，全部情景照样成立', async () => {
    const inserted = await shippedStage(shippedSources().map(withApproval), law);
    const failed = (await readScenarios()).flatMap((scenario) => {
      const { name, failures } = runScenario(inserted, scenario);
      return failures.map((failure) => `${name}:${failure}`);
    });
    expect(failed).to.deep.equal([]);
  });

  it('一件工单有两件问责的，表单的要求按各自的情形核对，不按后写的一件（第四十条）', async () => {
    const proved = await shippedStage(
      shippedSources().map((xml) =>
        xml.replace(
          '<duty:rule holds="= hearing = ',
          '<duty:rule holds="= clueGround = &quot;art40.p1.i2&quot; or hearingProof != null" says="拒不接收的须附笔录"/>$&',
        ),
      ),
      law,
    );
    const hearing = { at: '2026-03-19T10:00:00+08:00', do: 'hearing.held' };
    const lines = lived(proved, [
      { at: '2026-03-02T11:00:00+08:00', do: 'return.applied', with: { returnReason: '不属于' } },
      {
        at: '2026-03-02T12:00:00+08:00',
        do: 'return.ruled',
        with: { decision: 'designate', to: '市水务局' },
      },
      { at: '2026-03-03T09:00:00+08:00', do: 'receipt.refused', with: { returnReason: '不属于' } },
      { at: '2026-03-16T09:00:00+08:00', do: 'investigation.made' },
      { at: '2026-03-19T09:00:00+08:00', do: 'wait' },
      { ...hearing, with: { hearing: 'heard' } },
      { ...hearing, with: { hearing: 'heard', hearingProof: '笔录' } },
    ]);
    expect(lines.map(({ refused }) => refused).slice(-2)).to.deep.equal(['input.invalid', null]);
    expect(lines.at(-2)?.why).to.include('拒不接收的须附笔录');
  });

  it('读不出的脚本，说出哪一处', () => {
    expect(refusalOf(() => scriptOf({ start: {} }))).to.include({ code: 'input.invalid' });
  });
});
