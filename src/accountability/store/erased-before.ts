import type { Transaction } from '../../platform/database/index.js';
import { readEntry, type EntryRow } from '../events/read-entry.js';

/** Verification asks for each batch of chains; what one transaction sees does not change meanwhile. */
const known = new WeakMap<Transaction, Promise<ReadonlyMap<string, Date>>>();

/** Up to when retention has erased this class, as its sound entries say; undefined before the first time. */
export async function erasedBefore(transaction: Transaction, of: string): Promise<Date | undefined> {
  let erasures = known.get(transaction);
  if (!erasures) known.set(transaction, (erasures = readErasures(transaction)));
  return (await erasures).get(of);
}

async function readErasures(transaction: Transaction): Promise<ReadonlyMap<string, Date>> {
  const rows = await transaction.query<EntryRow>(
    `SELECT stream, seq, type, at, leaf, body FROM trail_entry WHERE stream = 'retention' AND type = 'data.erased'`,
  );
  const latest = new Map<string, Date>();
  for (const entry of rows.map(readEntry)) {
    if (entry.type !== 'data.erased') continue;
    const before = new Date(entry.body.before);
    if (before > (latest.get(entry.body.class) ?? 0)) latest.set(entry.body.class, before);
  }
  return latest;
}
