import type { Transaction } from './transaction.js';

/**
 * Fails as a write would on a read-only server or a full disk. Exporting a snapshot creates a small file in the data
 * directory until the transaction ends: nothing grows, nothing is locked.
 */
export async function assertWritable(transaction: Transaction): Promise<void> {
  const [row] = await transaction.query<{ readOnly: boolean }>(
    `SELECT current_setting('transaction_read_only')::boolean AS "readOnly", pg_export_snapshot()`,
  );
  if (row?.readOnly) throw Object.assign(new Error('the transaction is read-only'), { code: '25006' });
}
