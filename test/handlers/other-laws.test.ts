/** Differences in other cities' regulations: end states, a bar by the law itself, a missing purpose. */
import { expect } from 'chai';
import { isApproved, type Method } from '../../src/measures/assessment/index.js';
import { onlyLaw, provisionFor, restingOn, type Law } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { superviseLapses } from '../../src/cases/intake/knowledge-lapse.js';
import { copyOfPackage, type CityPackage } from '../support/city-package.js';
import { policyValues } from '../support/policies.js';
import { ask, written } from './context.js';

interface Purposes {
  methodApproval?: string;
  purposes: Record<string, unknown>;
}

interface Ways {
  intake: { waysOut: { key: string; name: string }[] };
}

describe('别的城市的条例', () => {
  describe('另有规定的', () => {
    let city: CityPackage;
    let law: Law;
    before(() => {
      city = copyOfPackage();
      city.changeJson('regulation/catalogue/2018/purposes.json', (content: Purposes) => {
        content.methodApproval = 'none';
        content.purposes['recusal'] = { provisions: [], cited: '《公务员法》第七十六条' };
        content.purposes['supervision-knowledge'] = { provisions: [], cited: '没有这样的事由' };
      });
    });
    before(() => {
      city.changeJson('regulation/sheet.json', ({ intake: { waysOut } }: Ways) => {
        waysOut.push({ key: 'not-accepted', name: '不予受理' });
      });
      law = shippedLaw('2026-03-02');
    });
    after(() => city.leave());

    it('条例没有规定的用途：轨迹里不写条文，不写空的一条', () => {
      expect(restingOn('recusal', law)).to.deep.equal([]);
      expect(restingOn('supervision', law)).to.deep.equal([provisionFor('supervision', law)]);
    });

    it('在受理中了结的，结果照条例包所称的处理方式', () => {
      const accepted = (wayOut: string) =>
        written('recordAcceptanceOutcome', { wayOut }, undefined, law).outcome;
      expect(accepted('not-accepted')).to.equal('不予受理');
      expect(accepted('original-channel')).to.equal('告知原途径');
    });

    it('知识库不是督办事由的：到期也不发督办', async () => {
      expect(await superviseLapses({ laws: onlyLaw(law) } as never)).to.equal(0);
    });

    it('考核办法不须批准的：没有批准文号也可以考核', () => {
      expect(isApproved({ approvedBy: null, approvedOn: null } as Method, law)).to.equal(true);
    });
  });

  it('随附的条例：考核办法须经批准', () => {
    expect(isApproved({ approvedBy: null, approvedOn: null } as Method, shippedLaw('2026-03-02'))).to.equal(
      false,
    );
  });

  it('结果由决策表写明的，可以要求说明到哪一日由处理程序另记', () => {
    const window = policyValues({ explanationWindow: '30' });
    expect(written('openExplanations', {}, window)).to.deep.equal({ explanationUntil: '2026-04-01' });
  });

  it('不论情节，作出了处分决定的，结果就是追究责任', () => {
    const result = (variables: Record<string, string | boolean>) =>
      written('recordAccountability', { established: true, severity: 'ordinary', ...variables })
        .accountabilityResult;
    expect(result({ liabilityOrgan: 'appointing' })).to.equal('liability');
    expect(result({})).to.equal('corrected');
  });

  it('条例自己规定指定以后不得退回的，没有这项政策，指定的就不得再退', () => {
    const ruled = { unit: '市水务局', awaitsRuling: true, returnDecision: 'designate' };
    expect(written('assignUnit', ruled, policyValues({})).returnBarred).to.equal(true);
    expect(written('assignUnit', { ...ruled, returnDecision: 'reassign' }).returnBarred).to.equal(false);
  });

  it('提请终止的审核期间，承办单位的期限不走；不终止的接着走', () => {
    expect(ask('pauseForAudit', {})).to.deep.include({
      variables: { auditPaused: 'reply', replyPaused: 'audit' },
    });
    const passed = { variables: { auditPaused: 'passed' } };
    expect(ask('pauseForAudit', { replyPaused: 'return' })).to.deep.equal(passed);
    expect(ask('pauseForAudit', { replyOverdue: true })).to.deep.equal(passed);
    expect(ask('pauseForAudit', { auditPaused: 'reply' })).to.deep.equal({});
    expect(ask('resumeAfterAudit', { replyPaused: 'audit' })).to.deep.include({
      variables: { auditPaused: null, replyPaused: null },
      clocks: [{ act: 'resume', limit: 'reply' }],
    });
    const cleared = { variables: { auditPaused: null } };
    expect(ask('resumeAfterAudit', { replyPaused: 'return' })).to.deep.equal(cleared);
    expect(written('closeAudit', { replyPaused: 'audit' })).to.deep.equal({
      auditPaused: null,
      replyPaused: null,
    });
  });
});
