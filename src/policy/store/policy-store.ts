/** Proposals and rulings; append-only, one ruling per proposal. */
import { parseCivilDate, type CivilDate } from '../../calendar/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { Decision } from '../in-force.js';

export type Verdict = 'approve' | 'reject' | 'withdraw';

export interface Ruling {
  readonly decision: Verdict;
  readonly actor: string;
  readonly reason: string;
  readonly ruledAt: Date;
}

export interface NewProposal {
  readonly key: string;
  readonly value: string;
  readonly author: string;
  readonly reason: string;
  /** Number of the deciding document, if any. */
  readonly document: string | null;
  readonly effectiveOn: CivilDate;
  readonly proposedAt: Date;
}

export interface Proposal extends NewProposal {
  readonly id: number;
  /** Null: not yet ruled on. */
  readonly ruling: Ruling | null;
}

interface ProposalRow {
  id: number;
  key: string;
  value: string;
  author: string;
  reason: string;
  document: string | null;
  effective_on: string;
  proposed_at: Date;
  decision: Verdict | null;
  actor: string;
  ruling_reason: string;
  ruled_at: Date;
}

const proposals = `
  SELECT p.id, p.key, p.value, p.author, p.reason, p.document, p.effective_on::text AS effective_on, p.proposed_at,
         r.decision, r.actor, r.reason AS ruling_reason, r.ruled_at
    FROM policy_proposal p LEFT JOIN policy_ruling r ON r.proposal_id = p.id`;

/** In the order in which they take effect. */
export async function approvedDecisions(transaction: Transaction): Promise<Decision[]> {
  const rows = await transaction.query<{ key: string; value: string; effective_on: string }>(
    `SELECT p.key, p.value, p.effective_on::text AS effective_on
       FROM policy_ruling r JOIN policy_proposal p ON p.id = r.proposal_id
      WHERE r.decision = 'approve' ORDER BY p.effective_on, r.id`,
  );
  return rows.map(({ key, value, effective_on }) => ({
    key,
    value,
    effectiveOn: parseCivilDate(effective_on),
  }));
}

/** Approved ones in the order in which they take effect, the others among them by day and number. */
export async function listProposals(transaction: Transaction): Promise<Proposal[]> {
  const rows = await transaction.query<ProposalRow>(`${proposals} ORDER BY p.effective_on, r.id, p.id`);
  return rows.map(proposalOf);
}

export async function readProposal(transaction: Transaction, id: number): Promise<Proposal | undefined> {
  const [row] = await transaction.query<ProposalRow>(`${proposals} WHERE p.id = $1`, [id]);
  return row && proposalOf(row);
}

export async function addProposal(transaction: Transaction, proposal: NewProposal): Promise<number> {
  const { key, value, author, reason, document, effectiveOn, proposedAt } = proposal;
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO policy_proposal (key, value, author, reason, document, effective_on, proposed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [key, value, author, reason, document, effectiveOn, proposedAt],
  );
  return row?.id ?? 0;
}

/**
 * Waits for a concurrent ruling on the same proposal.
 *
 * @returns whether this ruling came first and counts
 */
export async function addRuling(
  transaction: Transaction,
  proposal: number,
  ruling: Ruling,
): Promise<boolean> {
  const added = await transaction.query(
    `INSERT INTO policy_ruling (proposal_id, decision, actor, reason, ruled_at)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (proposal_id) DO NOTHING RETURNING id`,
    [proposal, ruling.decision, ruling.actor, ruling.reason, ruling.ruledAt],
  );
  return added.length > 0;
}

function proposalOf(row: ProposalRow): Proposal {
  const { id, key, value, author, reason, document, decision } = row;
  return {
    id,
    key,
    value,
    author,
    reason,
    document,
    effectiveOn: parseCivilDate(row.effective_on),
    proposedAt: row.proposed_at,
    ruling: decision && { decision, actor: row.actor, reason: row.ruling_reason, ruledAt: row.ruled_at },
  };
}
