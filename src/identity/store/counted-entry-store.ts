/** Counts of the current minute. */
import type { JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { EntryType } from '../../accountability/index.js';
import type { AccountEntry } from '../journal.js';

export interface Occurrence {
  readonly stream: AccountEntry['stream'];
  readonly type: EntryType;
  /** Occurrences with equal values are counted together: actor and refusal. */
  readonly alike: JsonObject;
  /** Differing details, of which up to twenty are stored. */
  readonly detail: JsonObject;
}

const mostDetails = 20;

export async function countEntry(
  transaction: Transaction,
  { stream, type, alike, detail, minute }: Occurrence & { readonly minute: Date },
): Promise<void> {
  await transaction.prepared(
    'identity-count-entry',
    `INSERT INTO counted_entry AS c (minute, stream, type, alike, details)
     VALUES ($1, $2, $3, $4, jsonb_build_array($5::jsonb))
     ON CONFLICT (minute, stream, type, alike) DO UPDATE
        SET count = c.count + 1,
            details = CASE WHEN jsonb_array_length(c.details) >= $6 OR c.details @> excluded.details
                           THEN c.details ELSE c.details || excluded.details END`,
    [minute, stream, type, JSON.stringify(alike), JSON.stringify(detail), mostDetails],
  );
}

interface Counted extends Omit<Occurrence, 'detail'> {
  readonly minute: Date;
  readonly count: number;
  readonly details: readonly JsonObject[];
}

/** In order of arrival. */
export async function takeCounted(transaction: Transaction, before: Date): Promise<readonly Counted[]> {
  return transaction.query<Counted>(
    `WITH taken AS (DELETE FROM counted_entry WHERE minute < $1 RETURNING *)
     SELECT stream, type, alike, minute, count, details FROM taken ORDER BY id`,
    [before],
  );
}
