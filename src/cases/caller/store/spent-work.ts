import type { Transaction } from '../../../platform/database/index.js';

/** Marks work as spent and deletes expired marks. @returns whether it was unspent */
export async function spendWork(
  transaction: Transaction,
  work: { readonly signature: string; readonly until: Date },
  now: Date,
): Promise<boolean> {
  await transaction.query('DELETE FROM spent_work WHERE until < $1', [now]);
  const rows = await transaction.query(
    'INSERT INTO spent_work (signature, until) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
    [work.signature, work.until],
  );
  return rows.length > 0;
}
