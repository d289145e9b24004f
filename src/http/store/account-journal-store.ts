/** The trails `accounts` and `refusals`, newest first, in pages. */
import { told, toldText, type Told } from '../../accountability/index.js';
import type { Transaction } from '../../persistence/index.js';

export interface JournalRow extends Told {
  readonly seq: number;
  readonly type: string;
  readonly at: Date;
  /** SHA-256(0x00 ‖ body), hex. */
  readonly leaf: string;
}

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
): Promise<JournalRow[]> {
  const rows = await transaction.query<{ seq: number; type: string; at: Date; leaf: Buffer; body: Buffer }>(
    // The subject of an altered entry is unknown: it is always listed.
    `SELECT e.seq, e.type, e.at, e.leaf, e.body
       FROM recorded_entry e, LATERAL (SELECT (${toldText})::jsonb AS told) b
      WHERE e.stream = $1 AND ($2::integer IS NULL OR e.seq < $2)
        AND ($3::text IS NULL OR b.told IS NULL OR b.told ->> 'of' = $3 OR right(b.told ->> 'actor', length($3) + 2) = '(' || $3 || ')')
        AND ($5::timestamptz IS NULL OR e.at >= $5) AND ($6::timestamptz IS NULL OR e.at < $6)
      ORDER BY e.seq DESC LIMIT $4`,
    [
      asked.stream,
      asked.before ?? null,
      asked.about ?? null,
      asked.limit,
      asked.from ?? null,
      asked.until ?? null,
    ],
  );
  return rows.map((row) => ({ ...row, leaf: row.leaf.toString('hex'), ...told(row) }));
}
