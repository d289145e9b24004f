import type { Transaction } from '../../persistence/index.js';

export interface CaseSummary {
  /** The sheet's; of a case that is about none, what it is about. */
  readonly title: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** The nearest limit that runs; reminders and cards are none, nor is one that stands still. */
  readonly dueAt: Date | null;
  /** That limit crosses days whose schedule has not been published. */
  readonly provisional: boolean;
  /** The gravest level of escalation that stands. */
  readonly level: string | null;
}

/** Of a case `c` and its sheet `w`, where it is about one. */
export const titleOfCase = `coalesce(w.title, title_without_sheet(c.business_key))`;

/** By business key; a case that is not there is missing from the answer. */
export async function caseSummaries(
  transaction: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, CaseSummary>> {
  const rows = await transaction.query<{
    key: string;
    title: string;
    started_at: Date;
    ended_at: Date | null;
    due_at: Date | null;
    provisional: boolean | null;
    level: string | null;
  }>(
    `SELECT c.business_key AS key, ${titleOfCase} AS title, c.started_at, c.ended_at, c.level, nearest.due_at, nearest.provisional
       FROM process_case c LEFT JOIN work_order w ON w.no = c.business_key
       LEFT JOIN LATERAL (SELECT d.due_at, d.provisional FROM deadline d
                           WHERE d.case_id = c.id AND d.is_limit AND NOT d.paused
                           ORDER BY d.due_at LIMIT 1) nearest ON true
      WHERE c.business_key = ANY($1::text[])`,
    [[...keys]],
  );
  return new Map(
    rows.map((row) => [
      row.key,
      {
        title: row.title,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        dueAt: row.due_at,
        provisional: row.provisional ?? false,
        level: row.level,
      },
    ]),
  );
}
