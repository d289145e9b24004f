/** Life cycle of a draft: which act, by whom, in which state; four-eyes rule. Pure. */
import { Refusal, type RefusalCode } from '../../kernel/index.js';
import type { Draft, DraftState, Person } from './draft.js';

export type DraftAct = 'save' | 'comment' | 'try' | 'submit' | 'approve' | 'reject' | 'withdraw' | 'schedule';

const everywhere: readonly DraftState[] = [
  'draft',
  'submitted',
  'approved',
  'scheduled',
  'in-force',
  'superseded',
  'rejected',
  'withdrawn',
];

/** Saving a submitted or approved draft returns it to drafting: other bytes were approved. */
const possibleIn: { readonly [act in DraftAct]: readonly DraftState[] } = {
  save: ['draft', 'submitted', 'approved', 'rejected'],
  comment: everywhere,
  try: ['draft'],
  submit: ['draft'],
  approve: ['submitted'],
  reject: ['submitted', 'approved'],
  withdraw: ['draft', 'submitted', 'approved', 'rejected', 'scheduled'],
  schedule: ['approved'],
};

export const stateTitles: { readonly [state in DraftState]: string } = {
  draft: '起草中',
  submitted: '已提交,等待批准',
  approved: '已批准,等待排期',
  scheduled: '已排期,等待生效',
  'in-force': '现行',
  superseded: '已被取代',
  rejected: '已驳回',
  withdrawn: '已撤回',
};

const actTitles: { readonly [act in DraftAct]: string } = {
  save: '改稿',
  comment: '说意见',
  try: '试跑',
  submit: '提交',
  approve: '批准',
  reject: '驳回',
  withdraw: '撤回',
  schedule: '排期',
};

/** Roles per act; equal to the contract's. */
const doneBy: { readonly [act in DraftAct]: readonly string[] } = {
  save: ['compliance-editor'],
  comment: ['compliance-editor', 'compliance-approver'],
  try: ['compliance-editor'],
  submit: ['compliance-editor'],
  approve: ['compliance-approver'],
  reject: ['compliance-approver'],
  withdraw: ['compliance-editor', 'compliance-approver'],
  schedule: ['compliance-approver'],
};

export const draftActs = Object.keys(possibleIn) as readonly DraftAct[];

/** Why an act is not possible; undefined if it is. */
export function hindrance(
  draft: Pick<Draft, 'id' | 'state' | 'authors'>,
  act: DraftAct,
  person: Person & { readonly roles?: readonly string[] },
  approvers: readonly string[] = [],
): Refusal | undefined {
  const say = (code: RefusalCode, detail: string, remedy: string): Refusal =>
    new Refusal(code, detail, { remedy });
  if (person.roles && !person.roles.some((role) => doneBy[act].includes(role))) {
    return say('access.denied', `${actTitles[act]}不在您的职责之内`, '由有这项职责的人办理');
  }
  if (!possibleIn[act].includes(draft.state)) {
    return say(
      'draft.state',
      `第 ${draft.id} 号草案${stateTitles[draft.state]},现在不能${actTitles[act]}`,
      wayOn(draft.state),
    );
  }
  if (act !== 'approve') return undefined;
  if (draft.authors.some((author) => author.login === person.login)) {
    return say(
      'draft.own',
      `${person.actor}写过第 ${draft.id} 号草案,不得由本人批准;管理员也没有例外`,
      '由没有参与起草的人批准',
    );
  }
  if (approvers.includes(person.login)) {
    return say('draft.own', `${person.actor}已经批准过这一稿,还须另一人批准`, '请另一名审批人员批准');
  }
  return undefined;
}

const wayOn = (state: DraftState): string => {
  switch (state) {
    case 'draft':
      return '先提交';
    case 'submitted':
      return '先由审批人员批准或者驳回';
    case 'approved':
      return '由审批人员排期;要改的,存一稿即退回起草,批准随之作废';
    case 'rejected':
      return '按意见改过再提交';
    case 'scheduled':
      return '要改的,生效之前先撤回,另起一份';
    case 'in-force':
    case 'superseded':
    case 'withdrawn':
      return '另起一份草案';
  }
};
