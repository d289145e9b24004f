/** Proposals that are ruled on once: another person approves or rejects them, or their author withdraws them. */
import type { RefusalCode } from '../../kernel/index.js';
import { proposalStates } from './states/index.js';
import { approvers, assertReason, notTheirs, twoPersonDecision, type Officer } from './decision.js';

const results = { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' } as const;

export type Verdict = keyof typeof results;

export interface Ruling {
  readonly decision: Verdict;
  readonly login: string;
  readonly actor: string;
  readonly reason: string;
  readonly ruledAt: Date;
}

export interface Proposed {
  readonly login: string;
  readonly author: string;
  readonly reason: string;
  readonly proposedAt: Date;
}

interface Ruled extends Pick<Proposed, 'login' | 'author'> {
  readonly id: number;
  readonly machine?: string | null;
  /** Null if not ruled on yet. */
  readonly ruling: Pick<Ruling, 'decision'> | null;
}

export const proposalState = ({ ruling }: Pick<Ruled, 'ruling'>): keyof typeof proposalStates =>
  ruling ? results[ruling.decision] : 'proposed';

interface Codes {
  readonly code: RefusalCode;
  readonly settled: RefusalCode;
  readonly provision?: string;
}

/** @param thing name in Chinese: 政策提案 */
export function proposalDecision(thing: string, writers: readonly string[], { settled, ...own }: Codes) {
  const decision = twoPersonDecision({
    matter: ({ id, author: actor, ...one }: Ruled) => ({
      ...{ name: `第 ${id} 号${thing}`, state: proposalState(one), authors: [{ ...one, actor }] },
    }),
    late: { code: settled, remedy: '查看经过；仍要改的，另行提出' },
    states: {
      ...{ proposed: [proposalStates.proposed], approved: [proposalStates.approved] },
      ...{ rejected: [proposalStates.rejected], withdrawn: [proposalStates.withdrawn] },
    },
    deeds: {
      approve: { title: '批准', in: ['proposed'], to: results.approve, by: 'approver', roles: approvers },
      reject: { title: '否决', in: ['proposed'], to: results.reject, by: 'other', roles: approvers },
      withdraw: { title: '撤回', in: ['proposed'], to: results.withdraw, by: 'author' },
    },
    own: { ...own, wrote: '提出', remedy: '批准、否决由他人登录操作台办；撤回由提出人办' },
  });
  /** @throws {Refusal} `access.denied` for a person who may not propose; `input.invalid` for a blank reason */
  const assertMayPropose = ({ roles }: Officer, reason: string): void => {
    if (!writers.some((role) => roles.includes(role))) throw notTheirs(`提出${thing}`);
    assertReason(reason, '提出');
  };
  return { ...decision, assertMayPropose };
}
