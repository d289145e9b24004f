/**
 * Amendments of the regulation and how each stands: what the entries of the stream `regulation` say, and nothing else. No
 * table says that something was proposed or approved, so no row can be written that says so.
 */
import { isSound, type Content, type Unread } from '../../../accountability/events/index.js';
import { Refusal } from '../../../kernel/index.js';
import { editSchema, type Edit } from '../model/edits.js';

/** Of cases that run on the day: they end under the old version, or what is done from then on counts by the new one. */
export type Transition = 'old' | 'new';

export type AmendmentAct = 'save' | 'submit' | 'approve' | 'reject' | 'withdraw';
export type AmendmentState = 'draft' | 'submitted' | 'approved' | 'rejected' | 'withdrawn';

export interface Person {
  readonly login: string;
  readonly actor: string;
}

export interface Amendment {
  /** From 1, in the order of their first drafts. */
  readonly id: number;
  readonly revision: number;
  readonly state: AmendmentState;
  readonly title: string;
  /** Which decision it carries out. */
  readonly source: string;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  readonly inForceFrom: string;
  readonly transition: Transition;
  /** File of the version that it changes. */
  readonly base: string;
  readonly edits: readonly Edit[];
  /** Of the next content. */
  readonly sha256: string;
  /** Of any revision. */
  readonly editors: readonly Person[];
  /** Of this revision. */
  readonly approvers: readonly Person[];
  readonly acts: readonly (Person & {
    readonly act: AmendmentAct;
    readonly revision: number;
    readonly at: Date;
    readonly reason: string;
  })[];
}

/** Approvals that it takes. */
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
        const others = (before?.editors ?? []).filter((one) => one.login !== login);
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
        moved(found, entry.body.amendment, 'submitted', actIn('submit', entry));
        break;
      case 'amendment.approved': {
        const { amendment, approval, login, actor } = entry.body;
        moved(
          found,
          amendment,
          approval < approversNeeded ? 'submitted' : 'approved',
          actIn('approve', entry),
        );
        const one = found.get(amendment);
        if (one) found.set(amendment, { ...one, approvers: [...one.approvers, { login, actor }] });
        break;
      }
      case 'amendment.rejected':
        moved(found, entry.body.amendment, 'rejected', actIn('reject', entry));
        break;
      case 'amendment.withdrawn':
        moved(found, entry.body.amendment, 'withdrawn', actIn('withdraw', entry));
        break;
      default:
    }
  }
  return [...found.values()];
}

type Said = Extract<Content, { readonly type: `amendment.${string}` }>;

const actIn = (act: AmendmentAct, { at, body }: Said): Amendment['acts'][number] => ({
  act,
  at,
  revision: body.revision,
  login: body.login,
  actor: body.actor,
  reason: body.reason,
});

function moved(
  found: Map<number, Amendment>,
  id: number,
  state: AmendmentState,
  act: Amendment['acts'][number],
): void {
  const one = found.get(id);
  if (one) found.set(id, { ...one, state, acts: [...one.acts, act] });
}

const possibleIn: { readonly [act in AmendmentAct]: readonly AmendmentState[] } = {
  save: ['draft', 'submitted', 'rejected'],
  submit: ['draft'],
  approve: ['submitted'],
  reject: ['submitted'],
  withdraw: ['draft', 'submitted', 'rejected'],
};

const doneBy: { readonly [act in AmendmentAct]: string } = {
  save: 'compliance-editor',
  submit: 'compliance-editor',
  approve: 'compliance-approver',
  reject: 'compliance-approver',
  withdraw: 'compliance-editor',
};

const actTitles: { readonly [act in AmendmentAct]: string } = {
  save: '改动',
  submit: '提交',
  approve: '批准',
  reject: '不批准',
  withdraw: '撤回',
};
const stateTitles: { readonly [state in AmendmentState]: string } = {
  draft: '起草中',
  submitted: '等待批准',
  approved: '已经批准',
  rejected: '没有获得批准',
  withdrawn: '已经撤回',
};

/** Why the person cannot do it; undefined if they can. */
export function hindranceOf(
  { id, state, editors, approvers }: Amendment,
  act: AmendmentAct,
  { login, actor, roles }: Person & { readonly roles: readonly string[] },
): Refusal | undefined {
  if (!roles.includes(doneBy[act]))
    return new Refusal('access.denied', `${actTitles[act]}条例的修改不在您的职责之内`, {
      remedy: '由有这项职责的人办理',
    });
  if (!possibleIn[act].includes(state))
    return new Refusal('amendment.state', `第 ${id} 项修改${stateTitles[state]},不能${actTitles[act]}`, {
      remedy: state === 'approved' ? '还要改的,另起一项修改' : '刷新以后看它现在怎样',
    });
  if (act !== 'approve') return undefined;
  const own = editors.some((one) => one.login === login);
  if (!own && !approvers.some((one) => one.login === login)) return undefined;
  return new Refusal(
    'amendment.own',
    own ? `${actor}写过第 ${id} 项修改,不得由本人批准` : `${actor}已经批准过,还须另一人批准`,
    { remedy: `须由没有参与起草的 ${approversNeeded} 个人批准;管理员也没有例外` },
  );
}

export const amendmentActs = Object.keys(possibleIn) as readonly AmendmentAct[];
