/** Proposed methods and the rulings on them. Both are append-only; a proposal is ruled on once. */
import {
  column,
  insert,
  insertIfAbsent,
  relation,
  type Entity,
  type Transaction,
} from '../../../platform/database/index.js';
import { civilDateOf } from '../../../kernel/civil-date.js';
import { governmentTitle, methodNeedsApproval, type Law } from '../../../kernel/law.js';
import { proposalState, type Proposed, type Ruling } from '../../../law/two-person/index.js';
import type { Method } from '../method.js';
import type { MethodContent } from '../model/index.js';
import type { Period } from '../period.js';

export interface MethodRuling extends Ruling {
  readonly document: string | null;
}

export interface NewMethodProposal extends Proposed {
  readonly content: MethodContent;
  readonly effectiveFrom: Period;
}

export interface MethodProposal extends NewMethodProposal {
  readonly id: number;
  /** Null while nobody has ruled on it. */
  readonly ruling: MethodRuling | null;
}

type RulingRow = MethodRuling & { readonly id: number; readonly proposal: MethodProposal };

export const methodProposalEntity: Entity<MethodProposal & { readonly ruling: RulingRow | null }> = {
  name: 'assessment_method_proposal',
  columns: {
    id: column.id,
    content: column.json,
    ...column.each(column.text, 'author', 'login', 'reason', 'effectiveFrom'),
    proposedAt: column.instant,
  },
  relations: { ruling: relation.inverseOf('assessment_method_ruling', 'proposal') },
};

export const methodRulingEntity: Entity<RulingRow> = {
  name: 'assessment_method_ruling',
  columns: {
    id: column.id,
    ...column.each(column.text, 'decision', 'actor', 'login', 'reason'),
    document: column.nullable.text,
    ruledAt: column.instant,
  },
  relations: { proposal: relation.oneToOne('assessment_method_proposal', 'proposal') },
};

/** Proposals by the month from which they apply; within a month in the order of ruling. */
export const listMethodProposals = (transaction: Transaction): Promise<MethodProposal[]> =>
  transaction.repository(methodProposalEntity).find({
    relations: { ruling: true },
    order: { effectiveFrom: 'ASC', ruling: { id: 'ASC' }, id: 'ASC' },
  });

/** @returns its number */
export const addMethodProposal = (transaction: Transaction, proposal: NewMethodProposal): Promise<number> =>
  insert(transaction, methodProposalEntity, proposal).then(({ id }) => id);

/** @returns undefined if there is a ruling already: the first one counts */
export const addMethodRuling = (
  transaction: Transaction,
  id: number,
  ruling: MethodRuling,
): Promise<MethodRuling | undefined> =>
  insertIfAbsent(transaction, methodRulingEntity, { ...ruling, proposal: { id } });

const isApproved = (proposal: MethodProposal): boolean => proposalState(proposal) === 'approved';

/** The month of the first method that was ever approved. */
export const firstMonth = (proposals: readonly MethodProposal[]): Period | undefined =>
  proposals.find(isApproved)?.effectiveFrom;

/** @param proposals as `listMethodProposals` orders them */
export function methodFor(
  proposals: readonly MethodProposal[],
  period: Period,
  law: Law,
): Method | undefined {
  const found = proposals.findLast((one) => isApproved(one) && one.effectiveFrom <= period);
  if (!found?.ruling) return undefined;
  return {
    ...found.content,
    version: `第 ${found.id} 号`,
    approvedBy: methodNeedsApproval(law)
      ? `${governmentTitle(law)}（${found.ruling.document ?? ''}）`
      : found.ruling.actor,
    approvedOn: civilDateOf(found.ruling.ruledAt),
  };
}
