import type { Transaction } from '../../platform/database/index.js';

/** One archives at a time: whether an instance is there already is asked before it is written. */
export async function lockArchive(transaction: Transaction): Promise<void> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.archive', 0))",
  );
}
