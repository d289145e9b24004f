/**
 * Amendments of the regulation and their states, read only from entries of the stream `regulation`.
 * No table records proposals or approvals, so nobody can forge one by inserting a row.
 */
import { isSound, type Content, type Unread } from '../../../accountability/events/index.js';
import { approvers, editors, isSamePerson, twoPersonDecision, type Person } from '../../two-person/index.js';
import { editSchema, type Edit } from '../model/edits.js';
import type { Transition } from '../../../kernel/law.js';

export type AmendmentAct = 'save' | 'submit' | 'approve' | 'reject' | 'withdraw';
type AmendmentState = 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn';

export interface Amendment {
  /** Number from 1, in the order of the first drafts. */
  readonly id: number;
  readonly revision: number;
  readonly state: AmendmentState;
  readonly title: string;
  /** The decision that it carries out. */
  readonly source: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly inForceFrom: string;
  readonly transition: Transition;
  /** File of the version that it amends. */
  readonly base: string;
  readonly edits: readonly Edit[];
  /** SHA-256 of the resulting content. */
  readonly sha256: string;
  /** Editors of any revision. */
  readonly editors: readonly Person[];
  /** Approvers of this revision. */
  readonly approvers: readonly Person[];
  readonly acts: readonly (Person & {
    readonly act: AmendmentAct;
    readonly revision: number;
    readonly at: Date;
    readonly reason: string;
  })[];
}

/** Number of approvals required. */
export const approversNeeded = 2;

export function amendmentsIn(entries: readonly (Content | Pick<Unread, 'type'>)[]): readonly Amendment[] {
  const found = new Map<number, Amendment>();
  for (const entry of entries) {
    if (!isSound(entry)) continue;
    switch (entry.type) {
      case 'amendment.saved': {
        const { amendment: id, revision, title, source, inForceFrom, transition, base, sha256 } = entry.body;
        const before = found.get(id);
        const edits = entry.body.edits.map((edit) => editSchema.parse(edit));
        const terms = { id, revision, title, source, inForceFrom, transition, base, edits, sha256 };
        const { login, actor } = entry.body;
        const others = (before?.editors ?? []).filter((one) => !isSamePerson(one, entry.body));
        const acts = [...(before?.acts ?? []), actIn('save', entry)];
        found.set(id, {
          ...terms,
          state: 'draft',
          editors: [...others, { login, actor }],
          approvers: [],
          acts,
        });
        break;
      }
      case 'amendment.submitted':
      case 'amendment.approved':
      case 'amendment.rejected':
      case 'amendment.withdrawn': {
        const before = found.get(entry.body.amendment);
        if (!before) break;
        const act = actOf[entry.type];
        const { login, actor } = entry.body;
        found.set(before.id, {
          ...before,
          state: amendmentDecision.stateAfter(before, act),
          approvers: act === 'approve' ? [...before.approvers, { login, actor }] : before.approvers,
          acts: [...before.acts, actIn(act, entry)],
        });
        break;
      }
      default:
    }
  }
  return [...found.values()];
}

type Said = Extract<Content, { readonly type: `amendment.${string}` }>;

const actOf = {
  'amendment.submitted': 'submit',
  'amendment.approved': 'approve',
  'amendment.rejected': 'reject',
  'amendment.withdrawn': 'withdraw',
} as const;

const actIn = (act: AmendmentAct, { at, body }: Said): Amendment['acts'][number] => ({
  act,
  at,
  revision: body.revision,
  login: body.login,
  actor: body.actor,
  reason: body.reason,
});

type Decided = Pick<Amendment, 'id' | 'state' | 'editors' | 'approvers'>;

export const amendmentDecision = twoPersonDecision({
  matter: (one: Decided) => ({
    ...{ ...one, name: `第 ${one.id} 项修改` },
    ...{ authors: one.editors, needed: approversNeeded },
  }),
  late: { code: 'amendment.state', remedy: '刷新以后看它现在怎样' },
  states: {
    draft: ['起草中'],
    submitted: ['等待批准'],
    approved: ['已经批准', '还要改的，另起一项修改'],
    rejected: ['没有获得批准'],
    withdrawn: ['已经撤回'],
  },
  deeds: {
    save: { title: '改动', in: ['draft', 'submitted', 'rejected'], to: 'draft', roles: editors },
    submit: { title: '提交', in: ['draft'], to: 'submitted', roles: editors },
    approve: { title: '批准', in: ['submitted'], to: 'approved', by: 'approver', roles: approvers },
    reject: { title: '不批准', in: ['submitted'], to: 'rejected', roles: approvers },
    withdraw: { title: '撤回', in: ['draft', 'submitted', 'rejected'], to: 'withdrawn', roles: editors },
  },
  own: {
    ...{ code: 'amendment.own', wrote: '写过' },
    remedy: `须由没有参与起草的 ${approversNeeded} 个人批准；管理员也没有例外`,
  },
});
