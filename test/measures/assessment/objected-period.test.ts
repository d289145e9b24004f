/**
 * A second month calculated by hand: a return, a late reply, exclusions granted and refused,
 * objections upheld and rejected, a tie. All figures are written out here; none comes from the
 * program.
 */
import { expect } from 'chai';
import { sequence } from '../../../src/accountability/index.js';
import {
  figuresOf,
  followTrail,
  parsePeriod,
  sampleMethod,
  type MeasureKey,
} from '../../../src/measures/assessment/index.js';
import {
  applyForExclusion,
  closeDuePeriods,
  completeRunTask,
  decideObjection,
  proposeMethod,
  raiseObjection,
  readRun,
  recomputePeriod,
  ruleMethod,
  ruleOnExclusion,
} from '../../../src/cases/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { useSystem } from '../../support/system.js';
import { createLife } from './life.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { somebody } from '../../support/people.js';

const october = parsePeriod('2026-10');

describe('一个月的考核：退单、超期、不计、异议、并列', () => {
  const system = useSystem({ at: '2026-09-28T10:00:00+08:00' });
  const life = createLife(system);
  const performer = (actor: string) => ({ actor, does: () => true });
  const hotline = (actor: string) => ({ ...somebody(actor), units: ['市热线工作机构'] });
  const table = async (): Promise<unknown[]> => {
    const run = await readRun(system(), october);
    return (run?.file.variables.figures as JsonObject[]).map(({ unit, score, rank }) => [unit, score, rank]);
  };
  const finish = async (element: string, answers: JsonObject, actor: string): Promise<void> => {
    const run = await readRun(system(), october);
    const task =
      run?.tasks.find((open) => open.task.element === element) ?? expect.fail(`${element} is not open`);
    await completeRunTask(system(), performer(actor), october, task.id, answers);
  };
  const exclude = async (
    sheet: string,
    unit: string,
    measure: MeasureKey,
    granted: boolean,
  ): Promise<void> => {
    const [fact] = await system().database.transaction((tx) =>
      tx.query<{ opened: number }>(
        'SELECT opened FROM hotline.assessment_fact WHERE stream = $1 AND measure = $2 AND unit = $3',
        [sheet, measure, unit],
      ),
    );
    const request = { sheet, measure, opened: fact?.opened ?? 0, ground: '略' };
    const { id } = await applyForExclusion(system(), { ...somebody('承办员'), units: [unit] }, request);
    await ruleOnExclusion(system(), hotline('考核员'), id, { granted, reason: '略' });
  };

  before(async () => {
    for (const name of ['市水务局', '市城管局', '市住建局', '市公安局']) {
      await system().identity.people.addUnit({ name, kind: 'department' }, '测试');
    }
    const order = {
      content: sampleMethod(system().laws.today()),
      effectiveFrom: '2026-10',
      reason: '首次',
    };
    const { id } = await proposeMethod(system(), order, somebody('甲'));
    const approval = {
      decision: 'approve',
      reason: '同意',
      document: '济政〔2026〕9号',
    } as const;
    await ruleMethod(system(), id, approval, somebody('乙'));
    // 市水务局三张,一张不满意、没有解决,归档;市城管局、市公安局各一张,都好。
    for (const [hour, satisfaction, rework] of [
      ['09', 'satisfied', undefined],
      ['10', 'satisfied', undefined],
      ['11', 'unsatisfied', 'close'],
    ] as const) {
      const no = await life.dispatched(`10-12T${hour}:00`, '市水务局');
      await life.handled(no, `10-14T${hour}:00`, satisfaction, rework);
    }
    for (const [hour, unit] of [
      ['12', '市城管局'],
      ['13', '市公安局'],
    ] as const) {
      const no = await life.dispatched(`10-12T${hour}:00`, unit);
      await life.handled(no, `10-14T${hour}:00`, 'satisfied');
    }
    // 一张转市城管局,退单,改派市住建局,超期才答复(转出起第五个工作日是 10-19)。
    const late = await life.dispatched('10-12T14:00', '市城管局');
    await life.complete(late, 'Task_Receive', { receipt: 'return', returnReason: '不归本局' }, '10-12T15:00');
    const reassign = { returnDecision: 'reassign', unit: '市住建局', returnDecisionReason: '属实' };
    await life.complete(late, 'SubProcess_Return_Task_DecideReturn', reassign, '10-12T16:00');
    await life.receive(late, '10-12T17:00');
    await life.fallDue('10-27T09:00');
    await life.handled(late, '10-27T10:00', 'satisfied');
    await life.fallDue('10-31T00:00');
    await sequence(system().database);
    while ((await followTrail(system().database, system().catalogues)) > 0);
    // 市住建局申请不计超期办结,准;申请不计超期答复,不准。
    await exclude(late, '市住建局', 'completion', true);
    await exclude(late, '市住建局', 'reply', false);
    system().clock.moveTo(new Date('2026-11-02T00:00:00+08:00'));
    await sequence(system().database);
    while ((await followTrail(system().database, system().catalogues)) > 0);
    expect(await closeDuePeriods(system())).to.deep.equal(['2026-10']);
  });

  it('初步结果：退单不扣分，准予不计的没有可计，不准的照计；同分同名次，其后跳过', async () => {
    // 权重:签收 10、答复 20、办结 20、满意 20、解决 15、重办 10、知识库 5;没有可计的不扣分。
    // 市水务局 满意、解决各 2/3 = 66.67%:65 + (20 + 15) × 66.67% = 88.3345 → 88.33
    // 市住建局 答复 0/1,办结不计:100 − 20 = 80;市城管局(退单一次)、市公安局:100。
    expect(await table()).to.deep.equal([
      ['市住建局', 8000, 4],
      ['市公安局', 10_000, 1],
      ['市城管局', 10_000, 1],
      ['市水务局', 8833, 3],
    ]);
    const run = await readRun(system(), october);
    const { 市城管局: city, 市住建局: housing } = run?.file.variables.counts as {
      [unit: string]: JsonObject;
    };
    expect(city).to.deep.include({
      returned: { met: 1, of: 2 },
      reception: { met: 2, of: 2 },
      reply: { met: 1, of: 1 },
    });
    expect(housing).to.deep.include({ reply: { met: 0, of: 1 }, returned: { met: 0, of: 1 } });
    expect(housing).to.not.have.property('completion');
  });

  it('第三十八条：异议成立的更正，不成立的不变；名次重排', async () => {
    await finish('Task_Preliminary', { preliminaryNotice: '考公〔2026〕1号' }, '甲');
    const water = { actor: '水务员', units: ['市水务局'] };
    await raiseObjection(system(), water, october, {
      unit: '市水务局',
      measure: 'satisfaction',
      ground: '略',
    });
    await raiseObjection(system(), water, october, { unit: '市水务局', measure: 'resolution', ground: '略' });
    const ruling = { period: october, reason: '略' };
    const upheld = { ...ruling, number: 1, upheld: true, corrected: { met: 3, of: 3 } };
    await decideObjection(system(), hotline('丁'), performer('丁'), upheld);
    const rejected = { ...ruling, number: 2, upheld: false, corrected: null };
    await decideObjection(system(), hotline('丁'), performer('丁'), rejected);
    // 65 + 20 + 15 × 66.67% = 95.0005 → 95.00
    expect(await table()).to.deep.equal([
      ['市住建局', 8000, 4],
      ['市公安局', 10_000, 1],
      ['市城管局', 10_000, 1],
      ['市水务局', 9500, 3],
    ]);
  });

  it('异议不改事实：只凭轨迹重算，与关闭时的逐项相同', async () => {
    await sequence(system().database);
    expect((await recomputePeriod(system(), 'live', october)).differences).to.deep.equal([]);
  });
});

describe('考核的四舍五入和并列', () => {
  const indicator = (key: string, measure: MeasureKey, weight: number) => ({
    key,
    label: key,
    formula: `${measure}.met / ${measure}.of`,
    better: 'higher' as const,
    weight,
    threshold: null,
  });
  const law = shippedLaw('2026-10-12');
  const method = {
    ...sampleMethod(law),
    indicators: [indicator('a', 'reply', 50), indicator('b', 'completion', 50)],
    poor: 'score < 0',
  };
  const of = (met: number, all: number) => ({ met, of: all });

  it('率恰好一半的进一：1/32 = 3.125% 是 313,3/32 是 938；一又三分之一这样的照常', () => {
    const [first, second] = figuresOf(
      method,
      { 一: { reply: of(1, 32), completion: of(3, 32) }, 二: { reply: of(1, 3), completion: of(2, 3) } },
      () => null,
      law,
    ).toSorted((one, other) => (one.rates.a ?? 0) - (other.rates.a ?? 0));
    expect([first?.rates, second?.rates]).to.deep.equal([
      { a: 313, b: 938 },
      { a: 3333, b: 6667 },
    ]);
    // 50 × (313 + 938) ÷ 100 = 625.5 → 626
    expect(first?.score).to.equal(626);
  });

  it('同分同名次，其后跳过；不属于任何组的不排', () => {
    const full = { reply: of(1, 1), completion: of(1, 1) };
    const worse = { reply: of(0, 1), completion: of(1, 1) };
    const counts = {
      甲: full,
      乙: full,
      丙: worse,
      丁: worse,
      戊: { reply: of(0, 1), completion: of(0, 1) },
      己: full,
    };
    const ranks = Object.fromEntries(
      figuresOf(method, counts, (unit) => (unit === '己' ? null : 'all'), law).map(({ unit, rank }) => [
        unit,
        rank,
      ]),
    );
    expect(ranks).to.deep.equal({ 甲: 1, 乙: 1, 丙: 3, 丁: 3, 戊: 5, 己: null });
  });
});
