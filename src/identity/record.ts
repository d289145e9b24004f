/**
 * Appends an entry to a stream with many writers, which take turns from the first entry on. Returns
 * the entry's number.
 */
import type { JsonObject } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import type { EntryType } from '../accountability/index.js';
import type { AccountEntry } from './journal.js';
import type { Using } from './parts.js';

export async function record(
  deps: Using<'clock' | 'journal'>,
  transaction: Transaction,
  stream: AccountEntry['stream'],
  type: EntryType,
  body: JsonObject,
): Promise<number> {
  await lockStream(transaction, stream);
  const written = await deps.journal.append(transaction, [{ stream, type, at: deps.clock.now(), body }]);
  return deps.journal.numberOf(written.get(stream) ?? null);
}

export async function lockStream(transaction: Transaction, stream: AccountEntry['stream']): Promise<void> {
  await transaction.query(
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.trail ' || $1, 0))",
    [stream],
  );
}
