import type { Role } from '../../src/identity/index.js';
import { expect } from 'chai';
import { answered, post, problemIn, send, useServer } from './serving.js';

interface ProposalView {
  readonly id: number;
  readonly state: string;
}

interface PolicyView {
  readonly key: string;
  readonly value: string;
  readonly since: string | null;
  readonly approver: string | null;
  readonly scheduled: readonly ProposalView[];
  readonly open: readonly ProposalView[];
}

describe('http policies', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00', shipped: false });
  const list = async () =>
    answered('listPolicies', await send(served().url, '/api/policies')) as {
      version: number;
      items: readonly PolicyView[];
    };
  const one = async (key: string) =>
    answered('readPolicy', await send(served().url, `/api/policies/${key}`)) as PolicyView & {
      history: readonly ProposalView[];
    };
  const proposal = { value: 'P2D', effectiveOn: '2026-03-10', reason: '督办从快' };
  const propose = (body: object = proposal, key = 'supervisionLimit') =>
    post(served().url, `/api/policies/${key}/proposals`, body);
  const rule = async (id: number | string, body: object, role: Role = 'compliance-approver') =>
    post(served().url, `/api/policy-proposals/${id}/ruling`, body, {}, await served().people.allowed([role]));

  it('lists what is in force with article, meaning, source and author; as shipped nobody has approved it', async () => {
    const { version, items } = await list();
    expect(version).to.equal(1);
    expect(items.find(({ key }) => key === 'supervisionLimit')).to.include({
      value: 'P3D',
      meaning: '3 个工作日',
      since: null,
      approver: null,
      certainty: 'U',
    });
    expect(items.find(({ key }) => key === 'replyStart')).to.deep.include({
      article: { id: 'art24.p1', label: '第二十四条第一款' },
      choices: [
        { value: 'dispatch', label: '工作流转单转出' },
        { value: 'receipt', label: '承办单位签收' },
      ],
    });
  });

  it('proposes, approves, and from the effective day on the new value is in force', async () => {
    const proposed = answered('proposePolicy', await propose()) as ProposalView;
    expect(proposed).to.include({ state: 'proposed', meaning: '2 个工作日' });
    expect((await one('supervisionLimit')).open).to.have.length(1);
    const ruling = { decision: 'approve', reason: '同意' };
    expect(answered('rulePolicy', await rule(proposed.id, ruling))).to.include({ state: 'approved' });
    const before = await one('supervisionLimit');
    expect([before.value, before.scheduled.length, before.open.length]).to.deep.equal(['P3D', 1, 0]);
    served().system.clock.moveTo(new Date('2026-03-10T00:00:00+08:00'));
    const after = await one('supervisionLimit');
    expect(after).to.include({
      value: 'P2D',
      since: '2026-03-10',
      author: 'compliance-editor（p2）',
      approver: 'compliance-approver（p3）',
    });
    expect(after.scheduled).to.deep.equal([]);
    expect(after.history).to.have.length(1);
    expect((await list()).version).to.equal(2);
  });

  it('refuses by name what cannot be decided', async () => {
    const later = { ...proposal, effectiveOn: '2026-04-01' };
    expect(problemIn(await send(served().url, '/api/policies/lunch'))).to.include({ status: 404 });
    expect(problemIn(await propose(later, 'lunch'))).to.include({ code: 'policy.not-found' });
    expect(problemIn(await propose({ ...later, value: 'P3W' }))).to.include({ status: 422, where: 'value' });
    expect(problemIn(await propose(proposal))).to.include({ status: 422, where: 'effectiveOn' });
    expect(problemIn(await propose({ ...later, effectiveOn: '2026-13-01' }))).to.include({
      code: 'calendar.invalid',
    });
    expect(problemIn(await propose({ ...later, state: 'approved' }))).to.include({ code: 'input.invalid' });
    const { id } = answered('proposePolicy', await propose(later)) as ProposalView;
    const ruling = { decision: 'approve', reason: '同意' };
    const withdrawal = { ...ruling, decision: 'withdraw' };
    expect(problemIn(await rule(id, ruling, 'compliance-editor'))).to.include({ code: 'access.denied' });
    expect(problemIn(await rule(id, withdrawal))).to.include({ status: 403, code: 'policy.not-yours' });
    expect(answered('rulePolicy', await rule(id, withdrawal, 'compliance-editor'))).to.include({
      state: 'withdrawn',
    });
    expect(problemIn(await rule(id, ruling))).to.include({ code: 'policy.settled' });
    expect(problemIn(await rule(4711, ruling))).to.include({ code: 'policy.not-found' });
    expect(problemIn(await rule('1e9', ruling))).to.include({ status: 404 });
    expect(problemIn(await rule('x', ruling))).to.include({ code: 'input.invalid' });
  });
});
