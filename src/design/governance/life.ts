/** Life cycle of a draft: which act, by whom, in which state. */
import { approvers, editors, twoPersonDecision } from '../../law/two-person/index.js';
import type { Draft, DraftState } from './draft.js';

type Decided = Pick<Draft, 'id' | 'state' | 'authors'> & Partial<Pick<Draft, 'approvers' | 'needed'>>;

const either = [...editors, ...approvers];
const everywhere: readonly DraftState[] = [
  ...(['draft', 'submitted', 'approved', 'scheduled'] as const),
  ...(['in-force', 'superseded', 'rejected', 'withdrawn'] as const),
];

/** Saving a submitted or approved draft returns it to drafting, because other bytes were approved. */
export const draftDecision = twoPersonDecision({
  matter: (draft: Decided) => ({ ...draft, name: `第 ${draft.id} 号草案` }),
  late: { code: 'draft.state', remedy: '另起一份草案' },
  states: {
    draft: ['起草中', '先提交'],
    submitted: ['已提交，等待批准', '先由审批人员批准或者驳回'],
    approved: ['已批准，等待排期', '由审批人员排期；要改的，存一稿即退回起草，批准随之作废'],
    scheduled: ['已排期，等待生效', '要改的，生效之前先撤回，另起一份'],
    'in-force': ['现行'],
    superseded: ['已被取代'],
    rejected: ['已驳回', '按意见改过再提交'],
    withdrawn: ['已撤回'],
  },
  deeds: {
    save: { title: '改稿', in: ['draft', 'submitted', 'approved', 'rejected'], to: 'draft', roles: editors },
    comment: { title: '说意见', in: everywhere, roles: either },
    try: { title: '试跑', in: ['draft'], roles: editors },
    submit: { title: '提交', in: ['draft'], to: 'submitted', roles: editors },
    approve: { title: '批准', in: ['submitted'], to: 'approved', by: 'approver', roles: approvers },
    reject: { title: '驳回', in: ['submitted', 'approved'], to: 'rejected', roles: approvers },
    withdraw: {
      ...{ title: '撤回', to: 'withdrawn', roles: either },
      in: ['draft', 'submitted', 'approved', 'rejected', 'scheduled'],
    },
    schedule: { title: '排期', in: ['approved'], to: 'scheduled', roles: approvers },
  },
  own: { code: 'draft.own', wrote: '写过', remedy: '由没有参与起草的人批准；管理员也没有例外' },
});
