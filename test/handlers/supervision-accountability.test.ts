import { expect } from 'chai';
import type { JsonObject } from '../../src/kernel/index.js';
import { withoutPolicies } from '../support/policies.js';
import { ask, noon, step, trailOf, written } from './context.js';

const at = new Date(noon).toISOString();

describe('督办、问责的处理程序', () => {
  it('第二十八条:每张督办单记明事由和时刻,没有写明事由的是超出办理时限', () => {
    const first = written('issueOrder', {});
    expect(first).to.deep.equal({
      supervised: true,
      supervisionSince: at,
      supervisionOrders: [{ ground: 'art28.p1.i1', at, since: at }],
    });
    const second = written('issueOrder', { ...first, supervisionGround: 'art28.p1.i3' });
    expect(second.supervisionOrders).to.deep.include({ ground: 'art28.p1.i3', at, since: at });
  });

  it('第二十八条:再次督办的督办单与首次的同起,督办结束以后的另起', () => {
    const supervisionSince = '2026-02-25T16:00:00.000Z';
    const orders = (variables: JsonObject) => written('issueOrder', variables).supervisionOrders;
    expect(orders({ supervisionSince })).to.have.nested.property('0.since', supervisionSince);
    for (const end of ['closeSupervision', 'recordNotHandled', 'withdrawSupervision']) {
      expect(orders({ supervisionSince, ...written(end, {}) }), end).to.have.nested.property('0.since', at);
    }
  });

  it('第二十八条:恢复督办的,事由、起点从站得住的那一张督办单来', () => {
    const orders = [
      { ground: 'art28.p1.i3', at, since: '2026-02-25T16:00:00.000Z' },
      { ground: 'art28.p1.i1', at, since: at, withdrawnAt: at },
    ];
    expect(written('resumeOrder', { supervisionOrders: orders, resumedSince: at })).to.deep.equal({
      supervisionResult: null,
      supervisionGround: 'art28.p1.i3',
      supervisionSince: '2026-02-25T16:00:00.000Z',
    });
  });

  const orders = written('issueOrder', {});
  const notHandled = written('recordNotHandled', {});
  const precondition = (...history: readonly JsonObject[]) =>
    ask('verifySupervisionPrecondition', {}, withoutPolicies, trailOf(...history));
  const missing = { error: 'precondition-missing' };

  it('第四十条第二项:轨迹里有督办记录、经督办仍未办理,才具备问责前提;写明是哪几条', () => {
    expect(precondition({ overdue: true })).to.deep.equal(missing);
    expect(precondition(orders)).to.deep.equal(missing);
    expect(precondition(orders, written('closeSupervision', {}))).to.deep.equal(missing);
    expect(precondition(notHandled)).to.deep.equal(missing);
    expect(precondition({ overdue: true }, orders, notHandled)).to.deep.equal({
      variables: { clueGround: 'art40.p1.i2', accountabilityOpened: true, supervisionEvidence: [2, 3] },
    });
  });

  it('第四十条第二项:只看程序自己记下的,不看表单和消息里写的', () => {
    const claimed = { ...orders, ...notHandled };
    expect(ask('verifySupervisionPrecondition', claimed)).to.deep.equal(missing);
    const history = [{ seq: 1, type: 'message.received', body: { ...step, actor: '某人', data: claimed } }];
    expect(ask('verifySupervisionPrecondition', claimed, withoutPolicies, history)).to.deep.equal(missing);
  });

  it('第四十条第二项:督办撤回的,前提不再具备', () => {
    const red = '2026-03-09T16:00:00.000Z';
    const order = { ground: 'art28.p1.i1', at: red, since: red };
    const withdrawn = written('withdrawOverdue', { supervisionOrders: [order], withdrawnReds: [red] });
    expect(precondition({ supervisionOrders: [order] }, notHandled, withdrawn)).to.deep.equal(missing);
    expect(precondition(orders, notHandled, written('withdrawAccountability', {}))).to.deep.equal(missing);
  });

  it('第四十条:问责结果如实记载', () => {
    const result = (variables: { [key: string]: string | boolean }) =>
      written('recordAccountability', variables).accountabilityResult;
    expect(result({ clueGround: 'art40.p1.i2', established: true })).to.equal('no-ground');
    expect(result({ clueGround: 'art40.p1.i3', established: false })).to.equal('not-established');
    expect(result({ clueGround: 'art40.p1.i3', established: true, severity: 'ordinary' })).to.equal(
      'corrected',
    );
    expect(result({ clueGround: 'art41', established: true, severity: 'serious' })).to.equal('liability');
    // Art 41 knows no order to correct instead of liability.
    expect(result({ clueGround: 'art41', established: true, severity: 'ordinary' })).to.equal('liability');
    expect(result({ clueGround: 'art40.p1.i5', established: true, severity: 'crime' })).to.equal('referred');
  });

  it('第四十条:认定留存,复核以后仍知道复核之前怎样认定', () => {
    expect(written('keepFinding', { established: true, severity: 'ordinary' })).to.deep.equal({
      finding: { established: true, severity: 'ordinary' },
    });
  });

  it('第四十条:逾期未改正的记载时刻', () => {
    expect(written('recordNotRectified', {})).to.deep.equal({
      correctionOverdue: true,
      correctionOverdueAt: at,
    });
  });
});
