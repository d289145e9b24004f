import { expect } from 'chai';
import type { DraftState } from '../../../src/design/governance/draft.js';
import { draftDecision } from '../../../src/design/governance/life.js';
import type { Officer, Person } from '../../../src/law/two-person/index.js';
import { somebody } from '../../support/people.js';

const states: readonly DraftState[] = [
  'draft',
  'submitted',
  'approved',
  'scheduled',
  'in-force',
  'superseded',
  'rejected',
  'withdrawn',
];

/** The table is repeated here, so that a change in the program is noticed. */
const possible: { readonly [state in DraftState]: string } = {
  draft: 'save comment try submit withdraw',
  submitted: 'save comment approve reject withdraw',
  approved: 'save comment reject withdraw schedule',
  scheduled: 'comment withdraw',
  'in-force': 'comment',
  superseded: 'comment',
  rejected: 'save comment withdraw',
  withdrawn: 'comment',
};

describe('草案能做什么', () => {
  const author = somebody('jia', '甲（jia）');
  const other = somebody('yi', '乙（yi）');
  const draft = (state: DraftState) => ({ id: 1, state, authors: [author] });

  for (const state of states) {
    it(`${state}：只有 ${possible[state]}`, () => {
      expect(draftDecision.possible(draft(state), other).join(' ')).to.equal(possible[state]);
      for (const one of draftDecision.hindrances(draft(state), other))
        expect(one.hindrance?.code, one.act).to.be.oneOf([undefined, 'draft.state']);
    });
  }

  it('写过的人不得批准，有什么角色都一样；同一人不得批准两次', () => {
    const roles = ['compliance-approver', 'security-admin', 'system-admin'];
    const approve = (by: Officer, approvers: readonly Person[] = []) =>
      draftDecision.hindrance({ ...draft('submitted'), approvers }, 'approve', by)?.code;
    expect(approve({ ...author, roles })).to.equal('draft.own');
    expect(approve({ ...other, roles })).to.equal(undefined);
    expect(approve(other, [other])).to.equal('draft.own');
  });
});
