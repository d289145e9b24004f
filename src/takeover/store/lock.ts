import type { Transaction } from '../../platform/database/index.js';

/** Archiving runs take turns, because each checks whether an instance exists before writing it. */
export async function lockArchive(transaction: Transaction): Promise<void> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.archive', 0))",
  );
}
