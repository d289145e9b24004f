import type { Transaction } from '../../platform/database/index.js';
import { readEntry, type EntryRow } from '../events/read-entry.js';

/**
 * Instant up to which retention has erased this class, as its valid entries state; undefined before
 * the first erasure.
 */
export async function erasedBefore(transaction: Transaction, of: string): Promise<Date | undefined> {
  const rows = await transaction.query<EntryRow>(
    `SELECT stream, seq, type, at, leaf, body FROM trail_entry WHERE stream = 'retention' AND type = 'data.erased'`,
  );
  const instants = rows.map(readEntry).flatMap((entry) => {
    if (entry.type !== 'data.erased' || entry.body.class !== of) return [];
    return [Date.parse(entry.body.before)];
  });
  return instants.length > 0 ? new Date(Math.max(...instants)) : undefined;
}
