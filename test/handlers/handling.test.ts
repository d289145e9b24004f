import { expect } from 'chai';
import type { JsonObject } from '../../src/kernel/index.js';
import { policyValues, withoutPolicies } from '../support/policies.js';
import { decidedBy } from '../support/shipped-tables.js';
import { ask, noon, step, trailNoting, written } from './context.js';

const at = new Date(noon).toISOString();

describe('办理的处理程序', () => {
  it('第三十二条：改派、转交时同样核对回避，并记下每次交办', () => {
    expect(ask('assignUnit', { unit: '甲局', accusedUnit: '甲局' })).to.deep.equal({ error: 'recusal' });
    // A law without recusal hands over to whoever is named.
    expect(written('handOver', { unit: '甲局', accusedUnit: '甲局' }).assignments).to.have.length(1);
    const first = written('assignUnit', { unit: '乙局', returnClosed: true });
    expect(first.assignments).to.deep.equal([{ unit: '乙局', at }]);
    expect(first.returnClosed).to.equal(false);
    expect(written('assignUnit', { ...first, unit: '丙局' }).assignments).to.have.length(2);
  });

  it('退单：指定之后不得再退，除非政策许可', async () => {
    const can = { returnAdmissible: true, returnObstacle: null };
    expect(await decidedBy('return-grounds', {})).to.deep.equal(can);
    const ruled = { unit: '甲', awaitsRuling: true, returnDecision: 'designate' };
    const after = (policy: string) =>
      decidedBy('return-grounds', {
        ...ruled,
        ...written('assignUnit', ruled, policyValues({ returnAfterDesignation: policy })),
      });
    expect(await after('no')).to.deep.equal({
      returnAdmissible: false,
      returnObstacle: '已经指定承办单位',
    });
    expect(await after('yes')).to.deep.equal(can);
  });

  it('第二十四条：答复的期限须是确定的、没有过去的日期', () => {
    for (const promisedDate of ['2026-03-02', '2026-12-31']) {
      expect(ask('checkPromisedDate', { promisedDate })).to.deep.equal({ variables: {} });
    }
    for (const promisedDate of ['2026-03-01', '2026-02-30', '尽快', '', null]) {
      expect(ask('checkPromisedDate', { promisedDate })).to.deep.equal({ error: 'date-invalid' });
    }
    // 牌、督办要数得到:日历到 2099 年为止。
    expect(ask('checkPromisedDate', { promisedDate: '2099-01-01' })).to.deep.equal({ error: 'date-invalid' });
  });

  it('第二十四条第三项：解决时限超过政策的上限的，记下来由审核人员说明；法定期限不在此限', () => {
    const ninety = policyValues({ promiseCeiling: 'P90D' });
    const dated = (promisedDate: string, branch = 'promised-date') =>
      written('checkPromisedDate', { promisedDate, branch }, ninety);
    expect(dated('2026-05-31')).to.deep.equal({});
    expect(dated('2026-06-01')).to.deep.equal({ beyondCeiling: true });
    expect(dated('2026-06-01', 'statutory-limit')).to.deep.equal({ basisUnlisted: true });
  });

  it('第二十四条第一款第二项：法定期限依名单自交承办单位之日计算，答复的不得晚于它，名单以外的标明', () => {
    const handedOver = { assignments: [{ unit: '甲', at: '2026-03-02T02:00:00.000Z' }] };
    const { legalLimits } = written('listLegalLimits', handedOver) as { legalLimits: { last: string }[] };
    expect(legalLimits.map(({ last }) => last)).to.deep.equal(['2026-03-11', '2026-05-08', '2026-03-23']);
    const [, second] = legalLimits as { basis: string; last: string }[];
    const cited = { branch: 'statutory-limit', legalLimits, legalBasis: second?.basis ?? '' };
    const stated = (promisedDate: string) => ask('checkPromisedDate', { ...cited, promisedDate });
    expect(stated('2026-05-08')).to.deep.equal({ variables: { basisUnlisted: false } });
    expect(stated('2026-05-09')).to.deep.equal({ error: 'date-invalid' });
  });

  it('第二十五条：没有关联原工单的，不能不再办理', () => {
    expect(ask('verifyRepeat', { repeatOf: null })).to.deep.equal({ error: 'not-a-repeat' });
    expect(ask('verifyRepeat', { repeatOf: 'art25.p1.i1' })).to.deep.equal({ variables: {} });
    const named = { repeatOf: null, earlierSheet: '20260105-000007' };
    expect(ask('verifyRepeat', named)).to.deep.equal({ error: 'not-a-repeat' });
    expect(written('verifyRepeat', { ...named, earlierResult: 'not-allowed' })).to.deep.equal({
      repeatOf: 'art25.p1.i2',
    });
  });

  const open = (extensionMax = 'P10D') => policyValues({ extensionAllowed: 'true', extensionMax });

  const applied = { extensionGround: '特别复杂', extensionWanted: 10 };

  it('延期：没有政策就不开放；开放时须有理由，只在期限内、每轮一次，合计不超过上限', async () => {
    const obstacle = async (variables: JsonObject, policies = open(), key = 'reply-extension') => {
      const decided = await decidedBy(key, { ...applied, ...variables }, policies);
      expect(decided.extensionAdmissible).to.equal(decided.extensionObstacle === null);
      return decided.extensionObstacle;
    };
    expect(await obstacle({}, policyValues({}))).to.equal('现行政策不开放延期');
    expect(await obstacle({})).to.equal(null);
    for (const extensionGround of ['', null])
      expect(await obstacle({ extensionGround })).to.equal('没有写明申请理由');
    for (const extensionWanted of [0, 11, 2.5, null])
      expect(await obstacle({ extensionWanted })).to.include('1 至 10');
    expect(await obstacle({ extendedDays: 6, extensionWanted: 5 })).to.include('1 至 4');
    expect(await obstacle({ replyOverdue: true })).to.equal('期限已经届满');
    expect(await obstacle({ replyPaused: 'return' })).to.equal('期限正在暂停');
    expect(await obstacle({ extensionGranted: true })).to.equal('本轮已经延期一次');
    const completion = (variables: JsonObject) => obstacle(variables, open(), 'completion-extension');
    expect(await completion({ replyOverdue: true })).to.equal(null);
    expect(await completion({ branch: 'statutory-limit' })).to.equal('法定期限不得延长');
  });

  it('延期：准予的不得超过政策的上限，也不得多于申请的；准予的移动期限', () => {
    const decide = (variables: JsonObject, policies = open()) =>
      ask('recordExtension', { ...applied, extensionDecision: 'grant', ...variables }, policies);
    const granted = (extensionDays: number) => decide({ extensionDays });
    for (const days of [0, 11, 2.5]) expect(granted(days)).not.to.have.property('clocks');
    expect(granted(10)).to.deep.equal({
      variables: { extensionGranted: true, extendedDays: 10, extensionObstacle: null },
      clocks: [{ act: 'extend', limit: 'reply', workingDays: 10 }],
    });
    expect(decide({ extensionWanted: 3, extensionDays: 4 })).not.to.have.property('clocks');
    expect(decide({ extensionDays: 5, replyOverdue: true })).not.to.have.property('clocks');
    expect(decide({ extensionDays: 5 }, policyValues({}))).not.to.have.property('clocks');
    expect(decide({ extensionDecision: 'refuse', extensionDays: 5 })).to.deep.equal({
      variables: { extensionGranted: false, extensionObstacle: '不准延期' },
    });
  });

  it('暂停的申请须有政策和图上所列的事由；退单中止的，由改派恢复', async () => {
    const allowed = policyValues({ pauseAllowed: 'true', clockDuringReturn: 'suspended' });
    const obstacle = async (variables: JsonObject) =>
      (await decidedBy('pause-grounds', variables, allowed)).pauseObstacle;
    expect(await obstacle({ pauseGround: 'force-majeure' })).to.equal(null);
    expect(await obstacle({ pauseGround: '天热' })).to.equal('没有写明可以暂停的事由');
    expect(await obstacle({ pauseGround: 'force-majeure', replyPaused: 'return' })).to.equal('已经暂停');
    const held = { unit: '甲', awaitsRuling: true, assignments: [{ unit: '甲', at: '' }] };
    const moves = (variables: JsonObject, values = allowed) => ask('assignUnit', variables, values);
    const resume = { act: 'resume', limit: 'reply' };
    const restart = { act: 'restart', limit: 'reply' };
    expect(ask('holdForRuling', {}, allowed)).to.have.property('clocks');
    expect(ask('holdForRuling', { replyOverdue: true }, allowed)).not.to.have.property('clocks');
    expect(moves({ ...held, replyPaused: 'return' })).to.deep.include({ clocks: [resume] });
    expect(moves({ ...held, unit: '乙', replyPaused: 'return' })).to.deep.include({
      clocks: [resume, restart],
    });
    expect(moves({ ...held, lapsedInRuling: true })).to.deep.include({ clocks: [restart] });
    expect(moves({ ...held, unit: '乙', replyPaused: 'request' })).not.to.have.property('clocks');
    expect(moves({ unit: '乙', replyPaused: 'return' })).not.to.have.property('clocks');
  });

  it('误记的超期只撤回所指的那一次', () => {
    const facts = [
      { clock: 'reply', round: 1, at: '2026-03-09T16:00:00.000Z' },
      { clock: 'reply', round: 2, at: '2026-04-09T16:00:00.000Z' },
    ];
    const after = written('withdrawOverdue', {
      round: 2,
      overdueFacts: facts,
      withdrawnOverdue: ['2026-03-09T16:00:00.000Z'],
    });
    expect(after).to.deep.include({ overdueFacts: [facts[1]], overdue: true, replyOverdue: true });
  });

  it('第二十八条：只撤回由给早了的红牌引起的督办单，别的事由、别次超期的照旧', () => {
    const [wrong, other] = ['2026-03-09T16:00:00.000Z', '2026-04-09T16:00:00.000Z'] as const;
    const orders = [
      { ground: 'art28.p1.i1', at: wrong, since: wrong },
      { ground: 'art28.p1.i1', at: '2026-03-13T16:00:00.000Z', since: wrong },
      { ground: 'art28.p1.i2', at: wrong, since: wrong },
      { ground: 'art28.p1.i1', at: other, since: other },
    ];
    const vain = { notHandledAfterSupervision: true, accountabilityOpened: true, clueGround: 'art40.p1.i2' };
    const asked = { supervised: true, ...vain, withdrawnReds: [wrong] };
    const some = written('withdrawOverdue', { ...asked, supervisionOrders: orders });
    expect(some.supervisionOrders).to.deep.equal([
      { ...orders[0], withdrawnAt: at },
      { ...orders[1], withdrawnAt: at },
      orders[2],
      orders[3],
    ]);
    expect(some).to.include({ supervised: true }).and.not.have.property('accountabilityOpened');
    expect(some).not.to.have.property('notHandledAfterSupervision');
    const all = written('withdrawOverdue', { ...asked, supervisionOrders: orders.slice(0, 2) });
    expect(all).to.include({
      supervised: false,
      notHandledAfterSupervision: false,
      accountabilityOpened: false,
    });
    const none = written('withdrawOverdue', { ...asked, withdrawnReds: [], supervisionOrders: orders });
    expect(none).to.deep.include({ supervised: true, supervisionOrders: orders });
  });

  it('第二十八条、第四十条第二项：首次督办其实未满的，只撤回再次督办单；再次督办其实未满的，只撤回不办理的记载', () => {
    const [first, second, inVain] = ['2026-03-09T16:00:00.000Z', '2026-03-13T16:00:00.000Z', at];
    const orders = [first, second].map((one) => ({ ground: 'art28.p1.i1', at: one, since: first }));
    const asked = {
      supervisionOrders: orders,
      notHandledAfterSupervision: true,
      notHandledAt: inVain,
      accountabilityOpened: true,
      clueGround: 'art40.p1.i2',
    };
    const gone = { supervised: true, supervisionResult: 'handled', accountabilityOpened: false };
    const both = written('withdrawOverdue', { ...asked, withdrawnLimits: [second, inVain] });
    expect(both.supervisionOrders).to.deep.equal([orders[0], { ...orders[1], withdrawnAt: at }]);
    expect(both).to.include({ ...gone, notHandledAfterSupervision: false, notHandledAt: null });
    const last = written('withdrawOverdue', { ...asked, withdrawnLimits: [inVain] });
    expect(last).to.deep.include({ ...gone, supervisionOrders: orders, notHandledAfterSupervision: false });
  });

  it('第二十四条：照样成立的，超期、督办单的时刻改为正确的，别的照旧', () => {
    const [wrong, lapsed, red] = ['2026-03-09T16:00:00.000Z', '2026-03-10T16:00:00.000Z', at];
    const order = { ground: 'art28.p1.i1', at: wrong, since: wrong };
    const after = written('withdrawOverdue', {
      overdueFacts: [{ clock: 'reply', round: 1, at: wrong }],
      supervisionOrders: [order, { ...order, withdrawnAt: wrong }],
      redatedOverdue: [{ from: wrong, to: lapsed }],
      redatedOrders: [{ from: wrong, to: red }],
    });
    expect(after).to.deep.include({
      overdue: true,
      overdueFacts: [{ clock: 'reply', round: 1, at: lapsed }],
      supervisionOrders: [
        { ...order, at: red, since: red },
        { ...order, withdrawnAt: wrong },
      ],
    });
  });

  it('第二十四条：两个时钟的超期分别记载，注明轮次和届满时刻', () => {
    const reply = written('recordReplyOverdue', {});
    expect(reply).to.deep.equal({
      overdue: true,
      replyOverdue: true,
      overdueFacts: [{ clock: 'reply', round: 1, at }],
    });
    const completion = written('recordCompletionOverdue', { ...reply, round: 2 });
    expect(completion.overdueFacts).to.deep.equal([
      { clock: 'reply', round: 1, at },
      { clock: 'completion', round: 2, at },
    ]);
  });

  it('第二十七条第二款：每轮计数，上一轮的答案不带入，超期的记载保留', () => {
    const second = written('countRound', { branch: 'within-limit', overdue: true });
    expect(second).to.include({ round: 2, branch: null, replyOverdue: false });
    expect(second).to.not.have.property('overdue');
    expect(written('countRound', second).round).to.equal(3);
    expect(written('countRound', { hotlineLate: true })).to.include({ hotlineLate: false });
  });

  it('第四十条第三项：线索列出最后一次回复、反馈、回访是轨迹的哪几条', () => {
    const noted = [
      ['reply.given'],
      ['hotline.informed'],
      ['rework.ordered'],
      ['reply.given'],
      ['call-back.made'],
    ];
    const history = trailNoting(...noted.map((deeds) => ({ deeds, computed: {} })));
    expect(ask('gatherClue', {}, withoutPolicies, history)).to.deep.equal({
      variables: { falseReplyFound: true, clueEntries: [2, 4, 5] },
    });
  });

  it('办理结果以最重的事实为准', () => {
    const outcome = (variables: { [key: string]: string | boolean }) =>
      written('recordOutcome', variables).outcome;
    expect(outcome({ branch: 'within-limit' })).to.equal('办结');
    expect(outcome({ branch: 'not-allowed' })).to.equal('解释说明后办结');
    expect(outcome({ overdue: true })).to.equal('超期办结');
    expect(outcome({ overdue: true, supervised: true })).to.equal('督办后办结');
    expect(outcome({ supervised: true, falseReplyFound: true })).to.equal('回复不实，已交监察');
    expect(outcome({ supervised: true, accountabilityOpened: true })).to.equal('督办后办结');
    expect(outcome({ branch: 'no-further', overdue: true })).to.equal('不再办理');
  });

  it('第四十条：问责后办结，须有一件认定成立；复核改了的依复核，撤回的不算', () => {
    type Said = readonly [instance: number, name: string, facts: JsonObject];
    const outcome = (...said: readonly Said[]) => {
      const history = said.map(([instance, name, facts], at) => ({
        seq: at + 1,
        type: 'task.completed',
        body: { ...step, instance, actor: '某人', data: {}, deeds: [{ name, facts }], computed: {} },
      }));
      const result = ask('recordOutcome', { accountabilityOpened: true }, withoutPolicies, history);
      return 'variables' in result ? result.variables?.outcome : undefined;
    };
    const no: Said = [2, 'finding.made', { established: false }];
    const yes: Said = [3, 'finding.made', { established: true }];
    expect(outcome(no)).to.equal('办结');
    expect(outcome(yes, no)).to.equal('问责后办结');
    expect(outcome(yes, [3, 'review.decided', { established: false }])).to.equal('办结');
    expect(outcome(yes, [3, 'accountability.concluded', { result: 'withdrawn' }])).to.equal('办结');
  });

  it('第二十四条第一款：答复以后期限届满的，逾期的只是反馈；重办、改派以后另算', () => {
    expect(written('recordReplied', {})).to.deep.equal({ replied: true });
    expect(ask('recordReplyOverdue', { replied: true })).to.deep.equal({});
    expect(written('countRound', { replied: true })).to.include({ replied: null });
    expect(written('assignUnit', { replied: true })).to.include({ replied: null });
  });
});
