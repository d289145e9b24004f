/** The trails `accounts` and `refusals`, newest first, in pages. */
import type { Transaction } from '../../platform/database/index.js';
import { actorEnding } from '../../kernel/actor.js';
import type { EntryRow } from '../events/read-entry.js';
import { keptEntry, type KeptEntry } from './trail-store.js';

/** @param asked.about a log-in name, as subject or actor (`actor` ends with the name in brackets) */
export async function journalPage(
  transaction: Transaction,
  asked: {
    readonly stream: 'accounts' | 'refusals';
    readonly before?: number | undefined;
    readonly about?: string | undefined;
    readonly from?: Date;
    readonly until?: Date;
    readonly limit: number;
  },
): Promise<KeptEntry[]> {
  const rows = await transaction.query<EntryRow>(
    // The subject of an altered entry is unknown, so it is always listed.
    `SELECT e.stream, e.seq, e.type, e.at, e.leaf, e.body
       FROM trail_entry e, LATERAL (SELECT entry_said(e.leaf, e.body) AS said) b
      WHERE e.stream = $1 AND ($2::integer IS NULL OR e.seq < $2)
        AND ($3::text IS NULL OR b.said IS NULL OR b.said ->> 'of' = $3 OR right(b.said ->> 'actor', length($7)) = $7)
        AND ($5::timestamptz IS NULL OR e.at >= $5) AND ($6::timestamptz IS NULL OR e.at < $6)
      ORDER BY e.seq DESC LIMIT $4`,
    [
      asked.stream,
      asked.before ?? null,
      asked.about ?? null,
      asked.limit,
      asked.from ?? null,
      asked.until ?? null,
      actorEnding(asked.about ?? ''),
    ],
  );
  return rows.map(keptEntry);
}
