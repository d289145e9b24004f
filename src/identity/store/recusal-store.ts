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

/** Whose recusals apply to a person: their own, their unit's and those of the units above it. */
export interface Recusable {
  /** The person's key; null for another system. */
  readonly person: Buffer | null;
  /** Units whose recusal binds them. */
  readonly boundBy: readonly string[];
  /** Units whose sheets they see. */
  readonly units: readonly string[];
  /** True if they see all sheets except those against their own body. */
  readonly seesOthers: boolean;
}

/**
 * Numbers of sheets that they are recused from. Sheets recused because of their unit are listed
 * only if they could otherwise see them: the sheet was their unit's, or a sub-unit's, or they see
 * all sheets.
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
