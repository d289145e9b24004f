/** Cases possibly affected by a change of some days, found by their deadlines without loading them. */
import type { Transaction } from '../../platform/database/index.js';

/** From the first instant of the first day to the first instant after the last. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/**
 * Live cases, ascending by id, with an open deadline that may depend on a day of the span: it
 * started before the span's end, and is due, or is counted before a limit that is due, after the
 * span's beginning. The result may include unaffected cases but never omits affected ones.
 */
export async function casesCrossing(transaction: Transaction, { from, until }: Span): Promise<string[]> {
  // `claim_at` is never earlier than `due_at`, and has an index.
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

/** Ids, ascending, of live cases with these business keys that started before an instant. */
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
