import { expect } from 'chai';
import type { JsonObject } from '../../src/kernel/index.js';
import { withoutPolicies } from '../support/policies.js';
import { ask, noon, step, trailNoting, written, type Noted } from './context.js';
import type { PolicyValues } from '../../src/kernel/timer-spec.js';

const at = new Date(noon).toISOString();

describe('督办、问责的处理程序', () => {
  it('第二十八条：每张督办单记明事由和时刻，没有写明事由的是超出办理时限；事由用过即清', () => {
    const first = written('issueOrder', {});
    expect(first).to.deep.equal({
      supervised: true,
      supervisionGround: null,
      orderGround: 'art28.p1.i1',
      supervisionOrders: [{ ground: 'art28.p1.i1', at, since: at, instance: 1 }],
      standingGrounds: [{ instance: 1, ground: 'art28.p1.i1' }],
    });
    const stated = written('issueOrder', { supervisionGround: 'art28.p1.i3' });
    expect(stated.supervisionOrders).to.deep.equal([{ ground: 'art28.p1.i3', at, since: at, instance: 1 }]);
  });

  it('第二十八条：再次督办的事由、起点与自己的首次相同，不随并行的另一次督办', () => {
    const since = '2026-02-25T16:00:00.000Z';
    const own = { ground: 'art28.p1.i1', at: since, since, instance: 1 };
    const other = { ground: 'art28.p1.i4', at: since, since: at, instance: 2 };
    const orders = (variables: JsonObject) => written('issueOrder', variables).supervisionOrders;
    expect(orders({ supervisionOrders: [own, other], supervisionGround: 'art28.p1.i2' })).to.deep.equal([
      own,
      other,
      { ...own, at },
    ]);
    const withdrawn = { ...own, withdrawnAt: at };
    expect(orders({ supervisionOrders: [withdrawn] })).to.have.nested.property('1.since', at);
  });

  it('第二十八条第二项：因未解决而督办的，只告知时限不算解决；逾期答复只告知时限的，结果是已回复', () => {
    const orders = (ground: string) => ({
      supervisionOrders: [{ ground, at: noon, since: noon, instance: 1 }],
    });
    const promise = { branch: 'promised-date' };
    const unsolved = orders('art28.p1.i2');
    const judged = (variables: JsonObject) => written('judgeSolved', variables);
    expect(judged({ ...unsolved, ...promise })).to.include({ toBeSolved: true, toBeVerified: false });
    for (const done of [{ ...promise, completionResult: '办完' }, { branch: 'within-limit' }]) {
      expect(judged({ ...unsolved, ...done })).to.include({ toBeSolved: false, toBeVerified: true });
    }
    for (const done of [{ branch: 'not-allowed' }, { branch: 'no-further' }]) {
      expect(judged({ ...unsolved, ...done })).to.include({ toBeSolved: false, toBeVerified: false });
    }
    for (const branch of [promise, { branch: 'within-limit' }]) {
      const other = judged({ ...orders('art28.p1.i1'), ...branch });
      expect(other).to.include({ toBeSolved: false, toBeVerified: false, raised: false });
    }
    const twice = [...unsolved.supervisionOrders, ...unsolved.supervisionOrders];
    expect(judged({ supervisionOrders: twice })).to.include({ raised: true });
    const resultOf = (ground: string, branch: string) =>
      written('closeSupervision', { ...orders(ground), branch }).supervisionResult;
    expect(resultOf('art28.p1.i1', 'statutory-limit')).to.equal('replied');
    expect(resultOf('art28.p1.i1', 'within-limit')).to.equal('handled');
    expect(resultOf('art28.p1.i3', 'promised-date')).to.equal('handled');
  });

  it('第二十八条：恢复督办的，接着站得住的那一张督办单', () => {
    const order = { ground: 'art28.p1.i3', at, since: '2026-02-25T16:00:00.000Z', instance: 7 };
    const other = { ground: 'art28.p1.i1', at, since: at, instance: 8, withdrawnAt: at };
    expect(written('resumeOrder', { supervisionOrders: [order, other], resumedSince: at })).to.deep.equal({
      supervisionResult: null,
      orderGround: 'art28.p1.i3',
      supervisionOrders: [{ ...order, instance: 1 }, other],
      standingGrounds: [{ instance: 1, ground: 'art28.p1.i3' }],
    });
  });

  it('第二十八条：几次督办同时进行的，记着各次的事由；提级的还在原处，结束的除去', () => {
    const other = { instance: 9, ground: 'art28.p1.i4' };
    const own = { instance: 1, ground: 'art28.p1.i1' };
    const standing = { standingGrounds: [own, other] };
    expect(written('issueOrder', standing).standingGrounds).to.deep.equal([own, other]);
    expect(written('issueOrder', { standingGrounds: [other] }).standingGrounds).to.deep.equal([other, own]);
    for (const ends of ['closeSupervision', 'recordNotHandled', 'withdrawSupervision']) {
      expect(written(ends, standing).standingGrounds, ends).to.deep.equal([other]);
    }
  });

  const orders = { deeds: ['supervision.ordered'], computed: written('issueOrder', {}) };
  const lapse = { deeds: ['supervision.raised', 'supervision.lapsed'], computed: {} };
  const inVain = { deeds: ['supervision.lapsed'], computed: written('recordInVain', {}) };
  const handled = { deeds: ['supervision.ended'], computed: written('closeSupervision', {}) };
  const needed = (value: string): PolicyValues => ({ version: 1, value: () => value });
  const precondition = (
    history: readonly Noted[],
    policies: PolicyValues = withoutPolicies,
    variables: JsonObject = {},
  ) => ask('verifySupervisionPrecondition', variables, policies, trailNoting(...history));
  const missing = { error: 'precondition-missing' };
  const met = (...supervisionEvidence: number[]) => ({
    variables: {
      clueGround: 'art40.p1.i2',
      accused: 'unknown',
      accountabilityOpened: true,
      supervisionEvidence,
      openAccountabilities: [{ instance: 1, unit: null, round: 1 }],
    },
  });

  it('第四十条第二项：督办期满仍未办理，才具备问责前提；几次期满由政策定；写明是哪几条', () => {
    const late = { deeds: [], computed: { overdue: true } };
    expect(precondition([late])).to.deep.equal(missing);
    expect(precondition([orders])).to.deep.equal(missing);
    expect(precondition([orders, handled])).to.deep.equal(missing);
    expect(precondition([orders, lapse, handled])).to.deep.equal(missing);
    expect(precondition([inVain])).to.deep.equal(missing);
    expect(precondition([late, orders, lapse])).to.deep.equal(met(2, 3));
    expect(precondition([late, orders, lapse], needed('2'))).to.deep.equal(missing);
    expect(precondition([orders, lapse, inVain], needed('2'))).to.deep.equal(met(1, 2, 3));
  });

  it('第四十条第二项：期满时已经办理、答复的，不是仍未办理；退回重办以后又是', () => {
    const replied = { deeds: ['reply.given'], computed: written('recordReplied', {}) };
    const again = { deeds: ['rework.ordered'], computed: written('countRound', {}) };
    expect(precondition([orders, replied, lapse])).to.deep.equal(missing);
    expect(precondition([orders, replied, again, lapse])).to.deep.equal(met(1, 4));
    expect(precondition([orders, lapse, replied])).to.deep.equal(met(1, 2));
  });

  it('第四十条第二项：同一单位、同一轮的问责开着的，不另起一件；换了单位、重办一轮的另算', () => {
    const open = { openAccountabilities: [{ instance: 9, unit: '甲', round: 1 }] };
    const asked = (variables: JsonObject) =>
      precondition([orders, lapse], withoutPolicies, { ...open, ...variables });
    expect(asked({ unit: '甲' })).to.deep.equal({ error: 'accountability-open' });
    expect(asked({ unit: '乙' })).to.have.property('variables');
    expect(asked({ unit: '甲', round: 2 })).to.have.property('variables');
    expect(written('recordInVain', { ...open, unit: '甲' })).to.include({ accountabilityDue: false });
    expect(written('recordInVain', { unit: '甲' })).to.include({ accountabilityDue: true });
    const ended = { openAccountabilities: [{ instance: 1, unit: '甲', round: 1 }] };
    for (const end of ['recordAccountability', 'withdrawAccountability']) {
      expect(written(end, ended).openAccountabilities, end).to.deep.equal([]);
    }
  });

  it('第四十条第二项：只看程序自己记下的，不看表单和消息里写的', () => {
    const claimed = { ...orders.computed, ...inVain.computed };
    expect(ask('verifySupervisionPrecondition', claimed)).to.deep.equal(missing);
    const history = [{ seq: 1, type: 'message.received', body: { ...step, actor: '某人', data: claimed } }];
    expect(ask('verifySupervisionPrecondition', claimed, withoutPolicies, history)).to.deep.equal(missing);
  });

  it('第四十条第二项：督办撤回的，前提不再具备', () => {
    const red = '2026-03-09T16:00:00.000Z';
    const order = { ground: 'art28.p1.i1', at: red, since: red, instance: 1 };
    const given = { deeds: ['supervision.ordered'], computed: { supervisionOrders: [order] } };
    const computed = written('withdrawOverdue', { supervisionOrders: [order], withdrawnReds: [red] });
    expect(precondition([given, lapse, { deeds: [], computed }])).to.deep.equal(missing);
    const revoked = { deeds: [], computed: written('withdrawAccountability', {}) };
    expect(precondition([orders, lapse, inVain, revoked])).to.deep.equal(missing);
  });

  it('第四十条：问责结果如实记载', () => {
    const result = (variables: { [key: string]: string | boolean }) =>
      written('recordAccountability', variables).accountabilityResult;
    expect(written('recordNoGround', {}).accountabilityResult).to.equal('no-ground');
    expect(result({ clueGround: 'art40.p1.i3', established: false })).to.equal('not-established');
    expect(result({ clueGround: 'art40.p1.i3', established: true, severity: 'ordinary' })).to.equal(
      'corrected',
    );
    expect(result({ clueGround: 'art41', established: true, severity: 'serious' })).to.equal('liability');
    // Art 41 has no order to correct instead of liability.
    expect(result({ clueGround: 'art41', established: true, severity: 'ordinary' })).to.equal('liability');
    expect(result({ clueGround: 'art40.p1.i5', established: true, severity: 'crime' })).to.equal('referred');
  });

  it('第四十条：认定留存，复核以后仍知道复核之前怎样认定', () => {
    expect(written('keepFinding', { established: true, severity: 'ordinary' })).to.deep.equal({
      finding: { established: true, severity: 'ordinary' },
    });
  });

  it('第四十条第一项：核实期间又拒不接收的，作为依据一并列入，到另行裁定为止', () => {
    const noted = [
      ['return.ruled'],
      ['receipt.refused'],
      ['investigation.made'],
      ['receipt.refused'],
      ['return.ruled'],
      ['receipt.refused'],
    ];
    const history = trailNoting(...noted.map((deeds) => ({ deeds, computed: {} })));
    const clue = { clueGround: 'art40.p1.i1', clueEntries: [1, 2], established: true, severity: 'ordinary' };
    expect(ask('keepFinding', clue, withoutPolicies, history)).to.deep.equal({
      variables: { finding: { established: true, severity: 'ordinary' }, clueEntries: [1, 2, 4] },
    });
  });

  it('第四十条：逾期未改正的记载时刻', () => {
    expect(written('recordNotRectified', {})).to.deep.equal({
      correctionOverdue: true,
      correctionOverdueAt: at,
    });
  });
});
