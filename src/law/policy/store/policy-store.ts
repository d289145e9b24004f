/** Proposals and rulings; append-only, one ruling per proposal. */
import type { CivilDate } from '../../../kernel/civil-date.js';
import {
  column,
  insert,
  insertIfAbsent,
  relation,
  type Entity,
  type Transaction,
} from '../../../platform/database/index.js';
import type { Proposed, Ruling } from '../../two-person/index.js';
import type { Decision } from '../in-force.js';

/** Row of the table, with the person who acted in their name on the command line. */
type AtMachine = { readonly machine: string | null };

export interface NewProposal extends Proposed, AtMachine {
  readonly key: string;
  readonly value: string;
  /** Number of the deciding document, if any. */
  readonly document: string | null;
  readonly effectiveOn: CivilDate;
}

export interface Proposal extends NewProposal {
  readonly id: number;
  /** Null: not yet ruled on. */
  readonly ruling: (Ruling & AtMachine) | null;
}

type RulingRow = Ruling & AtMachine & { readonly id: number; readonly proposal: Proposal };

const proposalEntity: Entity<Proposal & { readonly ruling: RulingRow | null }> = {
  name: 'policy_proposal',
  columns: {
    id: column.id,
    ...column.each(column.text, 'key', 'value', 'author', 'login', 'reason'),
    ...column.each(column.nullable.text, 'machine', 'document'),
    effectiveOn: column.day,
    proposedAt: column.instant,
  },
  relations: { ruling: relation.inverseOf('policy_ruling', 'proposal') },
};

const rulingEntity: Entity<RulingRow> = {
  name: 'policy_ruling',
  columns: {
    id: column.id,
    ...column.each(column.text, 'decision', 'actor', 'login', 'reason'),
    machine: column.nullable.text,
    ruledAt: column.instant,
  },
  relations: { proposal: relation.oneToOne('policy_proposal', 'proposal_id') },
};

/** Approved decisions as the trail recorded them, whatever the tables say; in the order in which they take effect. */
export const approvedDecisions = (transaction: Transaction): Promise<Decision[]> =>
  transaction.query(
    `SELECT said ->> 'key' AS key, said ->> 'value' AS value, said ->> 'effectiveOn' AS "effectiveOn"
       FROM proved_entry WHERE stream = 'policies' AND type = 'policy.approved' AND said IS NOT NULL
      ORDER BY said ->> 'effectiveOn', seq`,
  );

/** Whether the proposal equals its entry in the trail. */
export async function isAsProposed(
  transaction: Transaction,
  { id, key, value, author, login, machine, reason, effectiveOn }: Proposal,
): Promise<boolean> {
  const [found] = await transaction.query<{ same: boolean }>(
    `SELECT EXISTS (SELECT FROM proved_entry
       WHERE stream = 'policies' AND type = 'policy.proposed' AND said ->> 'proposal' = $1 AND said ->> 'key' = $2
         AND said ->> 'value' = $3 AND said ->> 'actor' = $4 AND said ->> 'reason' = $5
         AND said ->> 'effectiveOn' = $6 AND said ->> 'login' = $7 AND said ->> 'machine' IS NOT DISTINCT FROM $8) AS same`,
    [
      ...[String(id), key, value.normalize('NFC'), author.normalize('NFC'), reason.normalize('NFC')],
      ...[effectiveOn, login, machine],
    ],
  );
  return found?.same ?? false;
}

/** Approved proposals in the order in which they take effect; the others are sorted among them by day and number. */
export const listProposals = (transaction: Transaction): Promise<Proposal[]> => proposals(transaction, {});

export const readProposal = (transaction: Transaction, id: number): Promise<Proposal | undefined> =>
  proposals(transaction, { id }).then(([found]) => found);

const proposals = (transaction: Transaction, where: { readonly id?: number }): Promise<Proposal[]> =>
  transaction.repository(proposalEntity).find({
    where,
    relations: { ruling: true },
    order: { effectiveOn: 'ASC', ruling: { id: 'ASC' }, id: 'ASC' },
  });

/** @returns its number */
export const addProposal = (transaction: Transaction, proposal: NewProposal): Promise<number> =>
  insert(transaction, proposalEntity, proposal).then(({ id }) => id);

/** Waits for a concurrent ruling. @returns undefined if there is a ruling already: the first one counts */
export const addRuling = (
  transaction: Transaction,
  id: number,
  ruling: Ruling & AtMachine,
): Promise<Ruling | undefined> => insertIfAbsent(transaction, rulingEntity, { ...ruling, proposal: { id } });

export const policyEntities = [proposalEntity, rulingEntity];
