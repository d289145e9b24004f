import { expect } from 'chai';
import { packageText } from '../../../src/kernel/package-content.js';
import { sequence } from '../../../src/accountability/index.js';
import {
  followTrail,
  parsePeriod,
  sampleMethod,
  startOfPeriod,
  tallies,
  type MethodContent,
} from '../../../src/measures/assessment/index.js';
import {
  applyForExclusion,
  closeDuePeriods,
  closePeriod,
  closesAt,
  proposeMethod,
  recomputePeriod,
  ruleMethod,
  possibleRulings,
  ruleOnExclusion,
  runKey,
  writeKnowledge,
} from '../../../src/cases/index.js';
import { deploy, loadCasesByKey } from '../../../src/engine/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';
import { refusalFrom } from '../../support/refusal.js';
import { useSystem } from '../../support/system.js';
import { createLife } from './life.js';
import { somebody } from '../../support/people.js';

const october = parsePeriod('2026-10');

/** A month calculated by hand: all figures are written out here; none comes from the program. */
describe('一个月的考核', () => {
  const system = useSystem({ at: '2026-09-28T10:00:00+08:00' });
  const life = createLife(system);
  const settle = async (): Promise<void> => {
    await sequence(system().database);
    while ((await followTrail(system().database, system().catalogues)) > 0);
  };
  const at = (text: string): void => system().clock.moveTo(new Date(`2026-${text}:00+08:00`));
  const sums = async (period = october): Promise<string[]> => {
    const rows = await system().database.transaction((tx) => tallies(tx, 'live', [period]));
    return rows.map(({ unit, measure, met, of }) => `${unit || '全市'} ${measure} ${met}/${of}`).sort();
  };
  const run = async (): Promise<JsonObject> => {
    const key = runKey('live', october);
    const files = await system().database.transaction((tx) => loadCasesByKey(tx, [key]));
    return files.get(key)?.variables ?? {};
  };
  const chief = { ...somebody('考核员丙'), units: ['市热线工作机构'] };

  before(async () => {
    for (const [name, kind] of [
      ['市水务局', 'department'],
      ['市城管局', 'department'],
      ['历下区', 'district'],
    ] as const) {
      await system().identity.people.addUnit({ name, kind }, '测试');
    }
  });

  it('第三十一条：考核办法由一人提出、另一人写明批准文号批准，提出人不能批准', async () => {
    const method = sampleMethod(system().laws.today());
    const proposal = await proposeMethod(
      system(),
      {
        content: method,
        effectiveFrom: '2026-10',
        reason: '首次',
      },
      somebody('甲'),
    );
    const rule = (actor: string, document: string | null) =>
      ruleMethod(system(), proposal.id, { decision: 'approve', reason: '同意', document }, somebody(actor));
    expect((await refusalFrom(rule('甲', '济政〔2026〕9号')))?.code).to.equal('assessment.not-yours');
    expect((await refusalFrom(rule('乙', null)))?.where).to.equal('document');
    await rule('乙', '济政〔2026〕9号');
    expect((await refusalFrom(rule('丁', '济政〔2026〕9号')))?.code).to.equal('assessment.settled');
  });

  it('第三十一条：考核办法不溯及已经开始的月份', async () => {
    const late = proposeMethod(
      system(),
      {
        content: sampleMethod(system().laws.today()),
        effectiveFrom: '2026-09',
        reason: '溯及',
      },
      somebody('甲'),
    );
    expect((await refusalFrom(late))?.code).to.equal('assessment.invalid');
  });

  it('退回一次、超期一次、不计一次、知识库一条过期：各项数字与手算相同', async () => {
    at('10-09T09:00');
    const act = { actor: '甲', reason: '新编' };
    const entry = { unit: '市水务局', class: null, title: '停水', body: '略', forPublic: false };
    await writeKnowledge(system(), { text: { ...entry, reviewOn: '2026-10-20' }, act });
    await writeKnowledge(system(), { text: { ...entry, title: '水表', reviewOn: '2026-12-31' }, act });

    // 市水务局:一张按时且满意,一张不满意退回重办、第二轮满意。
    const good = await life.dispatched('10-12T09:00', '市水务局');
    await life.handled(good, '10-14T10:00', 'satisfied');
    const again = await life.dispatched('10-12T09:30', '市水务局');
    await life.handled(again, '10-14T11:00', 'unsatisfied', 'return');
    await life.handled(again, '10-16T11:00', 'basically-satisfied');
    // 市城管局:一张超期(10-12 转出,10-19 24:00 届满),11 月才答复。
    const late = await life.dispatched('10-12T10:00', '市城管局');
    await life.receive(late, '10-12T11:00');
    // 历下区:一张按时、不满意、归档。
    const unhappy = await life.dispatched('10-13T09:00', '历下区');
    await life.handled(unhappy, '10-15T10:00', 'unsatisfied', 'close');
    await life.fallDue('10-31T00:00');
    await settle();
    expect(await sums()).to.deep.equal([
      '全市 accepted 4/4',
      '历下区 completion 1/1',
      '历下区 reception 1/1',
      '历下区 reply 1/1',
      '历下区 resolution 0/1',
      '历下区 returned 0/1',
      '历下区 rework 0/1',
      '历下区 satisfaction 0/1',
      '历下区 supervised 0/1',
      '市城管局 reception 1/1',
      '市城管局 reply 0/1',
      '市城管局 returned 0/1',
      '市水务局 completion 3/3',
      '市水务局 reception 3/3',
      '市水务局 reply 3/3',
      '市水务局 resolution 2/3',
      '市水务局 returned 0/3',
      '市水务局 rework 1/3',
      '市水务局 satisfaction 2/3',
      '市水务局 supervised 0/2',
    ]);
    // 历下区申请不计那一次不满意:由别的单位的人决定。
    const [fact] = await system().database.transaction((tx) =>
      tx.query<{ opened: number }>(
        "SELECT opened FROM hotline.assessment_fact WHERE stream = $1 AND measure = 'satisfaction'",
        [unhappy],
      ),
    );
    const request = {
      sheet: unhappy,
      measure: 'satisfaction' as const,
      opened: fact?.opened ?? 0,
      ground: '来电人另有所求',
    };
    const owner = { ...somebody('承办员'), units: ['历下区'] };
    const stranger = applyForExclusion(system(), { ...somebody('乙'), units: ['市城管局'] }, request);
    expect((await refusalFrom(stranger))?.code).to.equal('assessment.not-found');
    const application = await applyForExclusion(system(), owner, request);
    const granted = { granted: true, reason: '属实' };
    const own = ruleOnExclusion(system(), { ...owner, ...somebody('同单位的人') }, application.id, granted);
    expect((await refusalFrom(own))?.code).to.equal('assessment.not-yours');
    const possible = (official: Parameters<typeof applyForExclusion>[1], isClosed = false) =>
      possibleRulings(system().laws.today(), application, official, isClosed);
    expect(possible({ ...owner, ...somebody('同单位的人') })[0]?.hindrance).to.include('本单位');
    expect(possible({ ...somebody('承办员'), units: [] })[0]?.hindrance).to.include('本人');
    expect(possible({ ...somebody('甲'), units: [] }, true)[0]?.hindrance).to.include('已经关闭');
    expect(possible({ ...somebody('甲'), units: [] })).to.deep.equal([{ act: 'rule', hindrance: null }]);
    expect(possible({ ...somebody('甲'), roles: ['handler'], units: [] })).to.deep.equal([]);
    await ruleOnExclusion(system(), chief, application.id, granted);
    expect(await sums()).to.not.include('历下区 satisfaction 0/1');
  });

  it('月末之前不能关闭；次月第一个工作日零点起自动关闭，考核流程开始', async () => {
    const early = closePeriod(system(), { realm: 'live', period: october, actor: '甲' });
    expect((await refusalFrom(early))?.code).to.equal('assessment.invalid');
    at('11-01T23:59');
    await settle();
    expect(await closeDuePeriods(system())).to.deep.equal([]);
    at('11-02T00:00');
    expect(await closeDuePeriods(system())).to.deep.equal(['2026-10']);
    expect(await closeDuePeriods(system())).to.deep.equal([]);
    const { figures, received, poorUnits } = await run();
    expect(received).to.equal(4);
    // 得分 = Σ 权重 × 率:没有可计的不扣分。
    // 市水务局:10+20+20 + 20×66.67% + 15×66.67% + 10×(1-33.33%) + 5×50% = 82.50
    // 历下区:10+20+20 + 20(没有可计) + 0 + 10 + 5(没有可计) = 85
    // 市城管局:10 + 0 + 20(没有可计)+ 20 + 15 + 10 + 5 = 80
    expect((figures as JsonObject[]).map(({ unit, score, rank }) => [unit, score, rank])).to.deep.equal([
      ['历下区', 8500, 1],
      ['市城管局', 8000, 2],
      ['市水务局', 8250, 1],
    ]);
    expect((figures as JsonObject[])[2]?.rates).to.deep.equal({
      reception: 10_000,
      reply: 10_000,
      completion: 10_000,
      satisfaction: 6667,
      resolution: 6667,
      rework: 3333,
      knowledge: 5000,
    });
    expect(poorUnits).to.deep.equal(['市水务局']);
  });

  it('周期关闭之后工单再变，关闭的数字不变，也不在别的月份重计', async () => {
    const before = await sums();
    const rows = await system().database.transaction((tx) =>
      tx.query<{ stream: string }>(
        "SELECT stream FROM hotline.assessment_fact WHERE unit = '市城管局' AND measure = 'reply'",
      ),
    );
    const late = rows[0]?.stream ?? '';
    const wrong = { withdrawnOverdue: ['2026-10-19T16:00:00.000Z'], withdrawnReds: [] };
    await life.send(late, 'overdue-withdrawn', wrong, '11-02T09:00');
    await life.handled(late, '11-03T10:00', 'satisfied');
    await settle();
    expect(await sums()).to.deep.equal(before);
    const november = await sums(parsePeriod('2026-11'));
    expect(november).to.not.include('市城管局 reply 1/1');
    expect(november).to.include('市城管局 satisfaction 1/1');
    const refused = await system()
      .database.transaction((tx) => tx.query("DELETE FROM hotline.assessment_fact WHERE period = '2026-10'"))
      .catch((error: Error) => error.message);
    expect(refused).to.include('已经关闭');
  });

  it('只凭轨迹重算，与存的逐项相同；动了一个数就看得出来', async () => {
    for (const period of [october, parsePeriod('2026-11')]) {
      const again = await recomputePeriod(system(), 'live', period);
      expect(again.differences).to.deep.equal([]);
      expect(again.facts).to.be.greaterThan(3);
    }
    const owner = system().database.url;
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: owner });
    await client.connect();
    try {
      await client.query('ALTER TABLE hotline.assessment_tally DISABLE TRIGGER ALL');
      await client.query(
        "UPDATE hotline.assessment_tally SET met = met + 1 WHERE unit = '市城管局' AND measure = 'reply' AND period = '2026-10'",
      );
    } finally {
      await client.end();
    }
    const [first, second, third] = (await recomputePeriod(system(), 'live', october)).differences;
    expect([first, second, third]).to.deep.equal([
      '只在存的结果里：合计 市城管局 reply complaint：1/1',
      '只在轨迹里：合计 市城管局 reply complaint：0/1',
      undefined,
    ]);
  });

  it('第三十一条：已经关闭的周期，不能再提出适用于它的办法', async () => {
    at('11-05T09:00');
    const content: MethodContent = { ...sampleMethod(system().laws.today()), title: '新办法' };
    const request = { content, effectiveFrom: '2026-10', reason: '改' };
    expect((await refusalFrom(proposeMethod(system(), request, somebody('甲'))))?.code).to.equal(
      'assessment.invalid',
    );
    expect(startOfPeriod(october).toISOString()).to.equal('2026-09-30T16:00:00.000Z');
  });

  it('何时关闭由图上的定时说了算', async () => {
    const november = parsePeriod('2026-11');
    const closes = () => system().database.transaction((tx) => closesAt(system(), tx, november));
    expect(await closes()).to.deep.equal(new Date('2026-12-01T00:00:00+08:00'));
    const drawn = packageText('processes/assessment.bpmn', packageRoot);
    const later = drawn.replace('R/2026-01-01T00:00:00+08:00/P1M', 'R/2026-01-05T08:00:00+08:00/P1M');
    await deploy({ ...system(), journal: system().trail }, later);
    // The fifth is a Saturday.
    expect(await closes()).to.deep.equal(new Date('2026-12-07T08:00:00+08:00'));
    await deploy({ ...system(), journal: system().trail }, drawn.replace(/ duty:prepare="[^"]*"/, ''));
    expect(await closes()).to.equal(null);
  });
});
