/** Which cases a change of some days can concern: asked of the deadlines, without opening a case. */
import type { Transaction } from '../../persistence/index.js';

/** From the first instant of the first day to the first instant after the last. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/**
 * Live cases, by rising id, with an open deadline that may depend on a day of the span: one that began before its end
 * and is due, or goes before a limit that is due, after its beginning. Rather one too many than one too few.
 */
export async function casesCrossing(transaction: Transaction, { from, until }: Span): Promise<string[]> {
  // `claim_at` is never earlier than `due_at`, and the index is there already.
  const rows = await transaction.query<{ id: string }>(
    `SELECT case_id::text AS id FROM (
       SELECT case_id FROM deadline
        WHERE realm = 'live' AND claim_at >= $1 AND least(started_at, due_at) < $2
        UNION
       SELECT case_id FROM deadline
        WHERE realm = 'live' AND claim_at < $1 AND (derivation ->> 'limit')::timestamptz >= $1
     ) AS crossing ORDER BY case_id`,
    [from, until],
  );
  return rows.map(({ id }) => id);
}

/** Of these business keys the ids of live cases that started before an instant, by rising id. */
export async function liveCaseIds(
  transaction: Transaction,
  keys: readonly string[],
  before: Date,
): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await transaction.query<{ id: string }>(
    `SELECT id::text AS id FROM process_case
      WHERE business_key = ANY($1::text[]) AND realm = 'live' AND started_at < $2 ORDER BY process_case.id`,
    [[...keys], before],
  );
  return rows.map(({ id }) => id);
}
