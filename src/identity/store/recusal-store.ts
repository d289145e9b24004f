/** Recusals from sheets. */
import type { Transaction } from '../../persistence/index.js';

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

export async function recusedFrom(transaction: Transaction, person: Buffer): Promise<readonly string[]> {
  const rows = await transaction.prepared<{ no: string }>(
    'identity-recused-from',
    'SELECT work_order AS no FROM recusal WHERE person = $1 ORDER BY work_order',
    [person],
  );
  return rows.map(({ no }) => no);
}
