import type { Transaction } from '../../persistence/index.js';

export interface CaseSummary {
  /** The sheet's. */
  readonly title: string;
  readonly endedAt: Date | null;
  /** The nearest deadline that runs. */
  readonly dueAt: Date | null;
  /** The last level of escalation that the trail names. */
  readonly level: string | null;
}

/** Quotes inside a JSON string are escaped, so these bytes can only be the key itself. */
export const namesLevels = `position('"levels":['::bytea IN e.body) > 0`;

export const lastLevel = `convert_from(e.body, 'UTF8')::json -> 'levels' ->> -1`;

/** By business key; a case that is not there is missing from the answer. */
export async function caseSummaries(
  transaction: Transaction,
  keys: readonly string[],
): Promise<ReadonlyMap<string, CaseSummary>> {
  const rows = await transaction.query<{
    key: string;
    title: string;
    ended_at: Date | null;
    due_at: Date | null;
    level: string | null;
  }>(
    `SELECT c.business_key AS key, w.title, c.ended_at,
            (SELECT min(d.due_at) FROM hotline.deadline d WHERE d.case_id = c.id) AS due_at,
            (SELECT ${lastLevel} FROM hotline.trail_entry e
              WHERE e.stream = c.business_key AND ${namesLevels} ORDER BY e.seq DESC LIMIT 1) AS level
       FROM hotline.process_case c JOIN hotline.work_order w ON w.no = c.business_key
      WHERE c.business_key = ANY($1::text[])`,
    [[...keys]],
  );
  return new Map(
    rows.map((row) => [
      row.key,
      { title: row.title, endedAt: row.ended_at, dueAt: row.due_at, level: row.level },
    ]),
  );
}

export async function countTasks(
  transaction: Transaction,
  filter: { readonly realm: string; readonly role?: string | undefined },
): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    'SELECT count(*) AS count FROM hotline.task WHERE realm = $1 AND ($2::text IS NULL OR role = $2)',
    [filter.realm, filter.role ?? null],
  );
  return row?.count ?? 0;
}
