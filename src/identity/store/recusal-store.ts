/** Recusals from sheets. */
import type { Transaction } from '../../platform/database/index.js';

/** Existing ones are left unchanged. */
export async function insertRecusals(
  transaction: Transaction,
  no: string,
  persons: readonly Buffer[],
): Promise<void> {
  await transaction.query(
    `INSERT INTO recusal (person, work_order) SELECT person, $2 FROM unnest($1::bytea[]) AS n (person)
     ON CONFLICT DO NOTHING`,
    [persons, no],
  );
}

export async function hasRecusal(transaction: Transaction, no: string, person: Buffer): Promise<boolean> {
  const rows = await transaction.query('SELECT FROM recusal WHERE person = $1 AND work_order = $2', [
    person,
    no,
  ]);
  return rows.length > 0;
}

/** Whom the recusals of a person, of their unit and of those above it concern. */
export interface Recusable {
  /** Null for another system. */
  readonly person: Buffer | null;
  /** Those by whose recusal they are bound. */
  readonly boundBy: readonly string[];
  /** Those whose sheets they see. */
  readonly units: readonly string[];
  /** They see all sheets, save those against their own body. */
  readonly seesOthers: boolean;
}

/**
 * Sheets that they must keep away from. Of those that name a unit of theirs what would else be theirs to see: it was
 * its own, or is one's below it, or they see all.
 */
export async function recusedFrom(
  transaction: Transaction,
  { person, boundBy, units, seesOthers }: Recusable,
): Promise<readonly string[]> {
  const rows = await transaction.prepared<{ no: string }>(
    'identity-recused-from',
    `SELECT work_order AS no FROM recusal WHERE person = $1
      UNION
     SELECT b.business_key FROM barred_overview b
      WHERE b.party = ANY ($2::text[])
        AND ($4 OR b.was_party
             OR EXISTS (SELECT FROM party_overview p WHERE p.case_id = b.case_id AND p.party = ANY ($3::text[])))
      ORDER BY no`,
    [person, boundBy, units, seesOthers],
  );
  return rows.map(({ no }) => no);
}
