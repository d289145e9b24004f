/** Ended cases that still have expiring data. Never touches the trail. */
import type { Transaction } from '../../../platform/database/index.js';

export interface EndedCase {
  readonly id: string;
  readonly no: string;
}

/** Data of a case beside its trail, expiring after its end. */
export interface CaseRows {
  /** SQL condition: the case `c` still has such data. */
  readonly present: string;
}

/** Ended cases that still have such data, longest ended first. */
export const endedCases = (
  transaction: Transaction,
  { present }: CaseRows,
  before: Date,
  most: number,
): Promise<readonly EndedCase[]> =>
  transaction.query<EndedCase>(
    `SELECT c.id::text, c.business_key AS no FROM case_overview c
      WHERE c.ended_at < $1 AND ${present} ORDER BY c.ended_at LIMIT $2`,
    [before, most],
  );

export async function countEnded(
  transaction: Transaction,
  { present }: CaseRows,
  before: Date,
): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*) AS count FROM case_overview c WHERE c.ended_at < $1 AND ${present}`,
    [before],
  );
  return row?.count ?? 0;
}
