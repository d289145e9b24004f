import { expect } from 'chai';
import { toShanghaiIso } from '../../src/kernel/civil-date.js';
import { proposePolicy, rulePolicy } from '../../src/cases/index.js';
import { deploy, loadCasesByKey } from '../../src/engine/index.js';
import type { Officer } from '../../src/law/two-person/index.js';
import { limitedProcess } from '../support/limited-process.js';
import { refusalFrom } from '../support/refusal.js';
import { anotherProgram, handlersOf, useSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';
import { somebody } from '../support/people.js';

describe('改变政策', () => {
  const system = useSystem({
    at: '2026-03-02T10:00:00+08:00',
    shipped: false,
    handlers: handlersOf({
      card: ({ policies }) => ({ variables: { lead: policies.value('yellowLead') ?? '' } }),
    }),
  });
  const proposal = {
    key: 'yellowLead',
    value: 'P2D',
    effectiveOn: '2026-03-04',
    reason: '早一天提示',
    document: '试发〔2026〕1号',
  };
  const propose = (more: Partial<typeof proposal> = {}, by = somebody('甲')) =>
    proposePolicy(system(), { ...proposal, ...more }, by);
  const rule = (id: number, decision: 'approve' | 'reject' | 'withdraw', by: Officer | string) =>
    rulePolicy(system(), id, { decision, reason: '理由' }, typeof by === 'string' ? somebody(by) : by);
  const moveTo = (instant: string) => system().clock.moveTo(new Date(instant));
  const trail = async (stream: string) =>
    (
      await system().database.transaction((transaction) => plainTrails(system().trail, transaction, [stream]))
    ).get(stream) ?? [];
  const start = (businessKey: string) =>
    system().executor.execute([
      { kind: 'start', businessKey, process: 'limited', realm: 'live', at: system().clock.now() },
    ]);
  const yellowOf = async (businessKey: string) => {
    const files = await system().database.transaction((transaction) =>
      loadCasesByKey(transaction, [businessKey]),
    );
    const deadlines = [...(files.get(businessKey)?.deadlines.values() ?? [])];
    const yellow = deadlines.find(({ element }) => element === 'warn');
    return yellow && toShanghaiIso(yellow.dueAt);
  };

  before(async () => {
    const diagram = limitedProcess.replace(
      'duty:before="limit"',
      'duty:before="limit" duty:policy="yellowLead"',
    );
    await deploy({ ...system(), journal: system().trail }, diagram);
  });

  it('批准之前什么都没有变；生效日零时起开始的工单用新值，此前开始的一直用旧值', async () => {
    const { id } = await propose();
    await start('旧');
    expect((await rule(id, 'approve', '乙')).ruling).to.include({ decision: 'approve', actor: '乙' });
    moveTo('2026-03-03T23:59:59.999+08:00');
    await start('前');
    moveTo('2026-03-04T00:00:00+08:00');
    await start('后');
    expect(await yellowOf('旧')).to.equal('2026-03-07T00:00:00+08:00');
    expect(await yellowOf('前')).to.equal('2026-03-10T00:00:00+08:00');
    expect(await yellowOf('后')).to.equal('2026-03-10T00:00:00+08:00');
    const versions = await Promise.all(
      ['旧', '前', '后'].map(async (key) => (await trail(key))[0]?.body.policies),
    );
    expect(versions).to.deep.equal([1, 1, 2]);
  });

  it('处理程序得到的也是工单开始时的值，在别的程序里也一样', async () => {
    moveTo('2026-03-12T00:00:00+08:00');
    expect(await anotherProgram(system()).fireDue(10)).to.equal(3);
    const leads = await Promise.all(
      ['旧', '前', '后'].map(async (key) =>
        (await trail(key)).flatMap(
          ({ body }) => (body.computed as { lead?: string } | undefined)?.lead ?? [],
        ),
      ),
    );
    expect(leads).to.deep.equal([['P1D'], ['P1D'], ['P2D']]);
  });

  it('每个行为是轨迹里的一条，链完好', async () => {
    const [proposed, approved] = await trail('policies');
    expect(proposed?.type).to.equal('policy.proposed');
    expect(proposed?.body).to.include({
      proposal: 1,
      actor: '甲',
      login: '甲',
      key: 'yellowLead',
      value: 'P2D',
      effectiveOn: '2026-03-04',
      document: '试发〔2026〕1号',
    });
    expect(approved?.type).to.equal('policy.approved');
    expect(approved?.body).to.include({ proposal: 1, actor: '乙', reason: '理由' });
    const verdict = await system().database.transaction((transaction) =>
      system().trail.verify(transaction, 'policies'),
    );
    expect(verdict).to.include({ holds: true });
  });

  it('提出人不得批准、否决自己的提案，姓名怎样写都不行；他人不得撤回，同名的也是他人', async () => {
    const author = somebody('wangwu', '王五（wangwu）');
    const { id } = await propose({ effectiveOn: '2026-04-01' }, author);
    for (const actor of [author.actor, '王 五', '别的姓名']) {
      for (const decision of ['approve', 'reject'] as const) {
        const refusal = await refusalFrom(rule(id, decision, { ...author, actor }));
        expect(refusal?.code, actor).to.equal('policy.not-yours');
      }
    }
    const namesake = { ...author, login: 'wangwu2' };
    expect((await refusalFrom(rule(id, 'withdraw', namesake)))?.code).to.equal('policy.not-yours');
    expect((await rule(id, 'withdraw', author)).ruling?.decision).to.equal('withdraw');
    expect((await refusalFrom(rule(id, 'approve', namesake)))?.code).to.equal('policy.settled');
  });

  it('不溯及既往：生效日须晚于提出之日和批准之日，批准至迟在生效前一分钟', async () => {
    moveTo('2026-03-12T10:00:00+08:00');
    for (const effectiveOn of ['2026-03-11', '2026-03-12']) {
      expect((await refusalFrom(propose({ effectiveOn })))?.code, effectiveOn).to.equal('policy.invalid');
    }
    const { id } = await propose({ effectiveOn: '2026-03-13' });
    const entries = (await trail('policies')).length;
    for (const late of [
      '2026-03-12T23:59:00.001+08:00',
      '2026-03-13T00:00:00+08:00',
      '2026-03-20T00:00:00+08:00',
    ]) {
      moveTo(late);
      expect((await refusalFrom(rule(id, 'approve', '乙')))?.code, late).to.equal('policy.invalid');
    }
    expect((await trail('policies')).length).to.equal(entries);
    moveTo('2026-03-12T23:59:00+08:00');
    expect((await rule(id, 'approve', '乙')).ruling?.decision).to.equal('approve');
  });

  it('两人同时决定一项提案：只有一个算数，轨迹里只有一条', async () => {
    const { id } = await propose({ effectiveOn: '2026-05-01' });
    const outcomes = await Promise.all(
      ['乙', '丙', '丁', '戊'].map((actor, index) =>
        refusalFrom(rule(id, index % 2 === 0 ? 'approve' : 'reject', actor)),
      ),
    );
    expect(outcomes.filter((refusal) => refusal === undefined)).to.have.length(1);
    expect(outcomes.flatMap((refusal) => refusal?.code ?? [])).to.deep.equal(Array(3).fill('policy.settled'));
    const rulings = (await trail('policies')).filter(
      ({ type, body }) => type !== 'policy.proposed' && body.proposal === id,
    );
    expect(rulings).to.have.length(1);
  });

  it('拒绝没有的政策、不可以有的值、不存在的日子、空白的理由和提案编号；什么都没有记下', async () => {
    const entries = (await trail('policies')).length;
    for (const [more, code] of [
      [{ key: 'lunch' }, 'policy.not-found'],
      [{ value: '三天' }, 'policy.invalid'],
      [{ effectiveOn: '2026-02-30' }, 'calendar.invalid'],
      [{ effectiveOn: '明天' }, 'calendar.invalid'],
      [{ reason: '' }, 'input.invalid'],
    ] as const) {
      expect((await refusalFrom(propose({ effectiveOn: '2026-06-01', ...more })))?.code).to.equal(code);
    }
    expect((await refusalFrom(rule(4711, 'approve', '乙')))?.code).to.equal('policy.not-found');
    expect((await trail('policies')).length).to.equal(entries);
  });

  it('程序无权改动、删除提案和结论', async () => {
    for (const table of ['policy_proposal', 'policy_ruling']) {
      for (const sql of [`UPDATE hotline.${table} SET reason = 'x'`, `DELETE FROM hotline.${table}`]) {
        const error: unknown = await system()
          .database.transaction((transaction) => transaction.query(sql))
          .catch((cause: unknown) => cause);
        expect(error, sql).to.have.property('code', '42501');
      }
    }
  });

  it('比省的办法宽的值，提不了（退单须在两个工作日以内）；一样严的可以', async () => {
    const refused = await refusalFrom(
      propose({ key: 'returnLimit', value: 'P3D', effectiveOn: '2027-03-04' }),
    );
    expect(refused?.code).to.equal('policy.invalid');
    expect(refused?.message).to.match(/《山东省.*两个工作日.*；政策“退单期限”3 个工作日，更宽：自 2027-03-/);
    expect((await propose({ key: 'returnLimit', value: 'P1D', effectiveOn: '2027-03-04' })).value).to.equal(
      'P1D',
    );
  });
});
