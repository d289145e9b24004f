import { expect } from 'chai';
import { policyValues } from '../support/policies.js';
import { ask, noon, written } from './context.js';

const at = new Date(noon).toISOString();

describe('办理的处理程序', () => {
  it('第三十二条:改派、转交时同样核对回避,并记下每次交办', () => {
    expect(ask('assignUnit', { unit: '甲局', accusedUnit: '甲局' })).to.deep.equal({ error: 'recusal' });
    const first = written('assignUnit', { unit: '乙局', returnClosed: true });
    expect(first.assignments).to.deep.equal([{ unit: '乙局', at }]);
    expect(first.returnClosed).to.equal(false);
    expect(written('assignUnit', { ...first, unit: '丙局' }).assignments).to.have.length(2);
  });

  it('退单:指定之后、期满之后都不得再退,每次都计数', () => {
    expect(written('judgeReturn', {})).to.deep.equal({
      returns: 1,
      returnAdmissible: true,
      returnObstacle: null,
    });
    const designated = written('judgeReturn', { returnDecision: 'designate', returns: 1 });
    expect(designated).to.include({
      returns: 2,
      returnAdmissible: false,
      returnObstacle: '已经指定承办单位',
    });
    const late = written('judgeReturn', written('closeReturn', {}));
    expect(late).to.include({ returnAdmissible: false, returnObstacle: '超过退单期限' });
  });

  it('第二十四条:答复的期限须是确定的、没有过去的日期', () => {
    for (const promisedDate of ['2026-03-02', '2026-12-31']) {
      expect(ask('checkPromisedDate', { promisedDate })).to.deep.equal({ variables: {} });
    }
    for (const promisedDate of ['2026-03-01', '2026-02-30', '尽快', '', null]) {
      expect(ask('checkPromisedDate', { promisedDate })).to.deep.equal({ error: 'date-invalid' });
    }
  });

  it('第二十五条:没有关联原工单的,不能不再办理', () => {
    expect(ask('verifyRepeat', { repeatOf: null })).to.deep.equal({ error: 'not-a-repeat' });
    expect(ask('verifyRepeat', { repeatOf: 'art25.p1.i1' })).to.deep.equal({ variables: {} });
  });

  const open = (extensionMax = 'P10D') => policyValues({ extensionAllowed: 'true', extensionMax });

  it('延期:没有政策就不开放;开放时只在期限内、每轮一次', () => {
    expect(written('judgeExtension', {}).extensionAdmissible).to.equal(false);
    expect(written('judgeExtension', {}, open()).extensionAdmissible).to.equal(true);
    expect(written('judgeExtension', { replyOverdue: true }, open()).extensionObstacle).to.equal(
      '期限已经届满',
    );
    expect(written('judgeExtension', { extensionGranted: true }, open()).extensionAdmissible).to.equal(false);
  });

  it('延期:不得超过政策的上限', () => {
    const grant = (extensionDays: number) =>
      written('recordExtension', { extensionDecision: 'grant', extensionDays }, open()).extensionGranted;
    expect([0, 1, 10, 11, 2.5].map(grant)).to.deep.equal([false, true, true, false, false]);
    const refused = written('recordExtension', { extensionDecision: 'refuse', extensionDays: 5 }, open());
    expect(refused).to.deep.equal({ extensionGranted: false, extensionObstacle: null });
    expect(
      written('recordExtension', { extensionDecision: 'grant', extensionDays: 1 }).extensionGranted,
    ).to.equal(false);
  });

  it('第二十四条:两个时钟的超期分别记载,注明轮次和届满时刻', () => {
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

  it('第二十七条第二款:每轮计数,上一轮的答案不带入,超期的记载保留', () => {
    const second = written('countRound', { branch: 'within-limit', overdue: true });
    expect(second).to.include({ round: 2, branch: null, replyOverdue: false });
    expect(second).to.not.have.property('overdue');
    expect(written('countRound', second).round).to.equal(3);
  });

  it('办理结果以最重的事实为准', () => {
    const outcome = (variables: { [key: string]: string | boolean }) =>
      written('recordOutcome', variables).outcome;
    expect(outcome({ branch: 'within-limit' })).to.equal('办结');
    expect(outcome({ branch: 'not-allowed' })).to.equal('解释说明后办结');
    expect(outcome({ overdue: true })).to.equal('超期办结');
    expect(outcome({ overdue: true, supervised: true })).to.equal('督办后办结');
    expect(outcome({ supervised: true, accountabilityOpened: true })).to.equal('问责后办结');
    expect(outcome({ branch: 'no-further', overdue: true })).to.equal('不再办理');
  });
});
