/** Proposed methods and the rulings on them. Both are only ever added; a proposal is ruled on once. */
import type { Transaction } from '../../persistence/index.js';
import { civilDateOf } from '../../calendar/index.js';
import type { Method } from '../method.js';
import type { MethodContent } from '../model/index.js';
import type { Period } from '../period.js';

type Verdict = 'approve' | 'reject' | 'withdraw';

export interface MethodRuling {
  readonly decision: Verdict;
  readonly actor: string;
  readonly reason: string;
  readonly document: string | null;
  readonly ruledAt: Date;
}

export interface NewMethodProposal {
  readonly content: MethodContent;
  readonly author: string;
  readonly reason: string;
  readonly effectiveFrom: Period;
  readonly proposedAt: Date;
}

export interface MethodProposal extends NewMethodProposal {
  readonly id: number;
  /** Null while nobody has ruled on it. */
  readonly ruling: MethodRuling | null;
}

interface Row extends Omit<MethodProposal, 'ruling'> {
  readonly rulingId: number | null;
  readonly decision: Verdict;
  readonly actor: string;
  readonly rulingReason: string;
  readonly document: string | null;
  readonly ruledAt: Date;
}

/** By the month from which they are for; of one month in the order of ruling. */
export async function listMethodProposals(transaction: Transaction): Promise<MethodProposal[]> {
  const rows = await transaction.query<Row>(
    `SELECT p.id, p.content, p.author, p.reason, p.effective_from AS "effectiveFrom", p.proposed_at AS "proposedAt",
            r.id AS "rulingId", r.decision, r.actor, r.reason AS "rulingReason", r.document, r.ruled_at AS "ruledAt"
       FROM assessment_method_proposal p
       LEFT JOIN assessment_method_ruling r ON r.proposal = p.id
      ORDER BY p.effective_from, r.id, p.id`,
  );
  return rows.map(({ rulingId, decision, actor, rulingReason, document, ruledAt, ...proposal }) => ({
    ...proposal,
    ruling: rulingId === null ? null : { decision, actor, reason: rulingReason, document, ruledAt },
  }));
}

/** @returns its number */
export async function addMethodProposal(
  transaction: Transaction,
  { content, author, reason, effectiveFrom, proposedAt }: NewMethodProposal,
): Promise<number> {
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO assessment_method_proposal (content, author, reason, effective_from, proposed_at)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [JSON.stringify(content), author, reason, effectiveFrom, proposedAt],
  );
  return row?.id ?? 0;
}

/** @returns whether it is the first one, and so the one that counts */
export async function addMethodRuling(
  transaction: Transaction,
  proposal: number,
  { decision, actor, reason, document, ruledAt }: MethodRuling,
): Promise<boolean> {
  const added = await transaction.query(
    `INSERT INTO assessment_method_ruling (proposal, decision, actor, reason, document, ruled_at)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (proposal) DO NOTHING RETURNING id`,
    [proposal, decision, actor, reason, document, ruledAt],
  );
  return added.length > 0;
}

const isApproved = ({ ruling }: MethodProposal): boolean => ruling?.decision === 'approve';

/** The month of the first method that was ever approved. */
export const firstMonth = (proposals: readonly MethodProposal[]): Period | undefined =>
  proposals.find(isApproved)?.effectiveFrom;

/** @param proposals as `listMethodProposals` orders them */
export function methodFor(proposals: readonly MethodProposal[], period: Period): Method | undefined {
  const found = proposals.findLast((one) => isApproved(one) && one.effectiveFrom <= period);
  if (!found?.ruling) return undefined;
  return {
    ...found.content,
    version: `第 ${found.id} 号`,
    approvedBy: `市人民政府(${found.ruling.document ?? ''})`,
    approvedOn: civilDateOf(found.ruling.ruledAt),
  };
}
