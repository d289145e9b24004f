/** Rows of callers' secrets. */
import type { Transaction } from '../../platform/database/index.js';

/** Invalidates the earlier one. */
export async function keepCallerSecret(
  transaction: Transaction,
  no: string,
  hash: Buffer,
  at: Date,
): Promise<void> {
  await transaction.query(
    `INSERT INTO caller_secret (work_order, hash, issued_at) VALUES ($1, $2, $3)
     ON CONFLICT (work_order) DO UPDATE SET hash = excluded.hash, issued_at = excluded.issued_at`,
    [no, hash, at],
  );
}

export async function callerSecretOf(transaction: Transaction, no: string): Promise<Buffer | undefined> {
  const [row] = await transaction.query<{ hash: Buffer }>(
    'SELECT hash FROM caller_secret WHERE work_order = $1',
    [no],
  );
  return row?.hash;
}

export async function deleteCallerSecret(transaction: Transaction, no: string): Promise<void> {
  await transaction.query('DELETE FROM caller_secret WHERE work_order = $1', [no]);
}
