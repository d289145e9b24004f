import type { Transaction } from '../../platform/database/index.js';

export interface Counts {
  readonly open: number;
  readonly ended: number;
  readonly running: number;
  readonly dueToday: number;
  readonly pastDue: number;
  readonly incidents: number;
  readonly tasks: readonly { readonly role: string | null; readonly count: number }[];
  readonly levels: readonly { readonly level: string; readonly cases: number }[];
}

/** Live cases only. @param endOfToday 24:00 in Asia/Shanghai @param most ended cases are counted up to `most` + 1 */
export async function countWork(
  transaction: Transaction,
  now: Date,
  endOfToday: Date,
  most: number,
): Promise<Counts> {
  // `claim_at` is the due instant, or infinity for a stuck timer. The instants are inlined: a
  // generic plan would read all deadlines.
  const until = (instant: Date): string => `claim_at <= '${instant.toISOString()}'`;
  const [row] = await transaction.query<Omit<Counts, 'open' | 'tasks' | 'levels'>>(
    `SELECT (SELECT count(*) FROM (SELECT FROM case_overview WHERE realm = 'live' AND ended_at IS NOT NULL
                                    LIMIT ${most + 1}) e) AS ended,
            (SELECT count(*) FROM open_deadline WHERE realm = 'live') AS running,
            (SELECT count(*) FROM open_deadline WHERE realm = 'live' AND ${until(endOfToday)}
                AND claim_at > '${now.toISOString()}') AS "dueToday",
            (SELECT count(*) FROM open_deadline WHERE realm = 'live' AND ${until(now)})
              + (SELECT count(*) FROM open_incident WHERE realm = 'live' AND kind = 'timer' AND due_at <= $1) AS "pastDue",
            (SELECT count(*) FROM open_incident WHERE realm = 'live') AS incidents`,
    [now],
  );
  const levels = await transaction.query<{ level: string | null; cases: number }>(
    `SELECT level, count(*) AS cases FROM case_overview WHERE realm = 'live' AND ended_at IS NULL
      GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  const tasks = await transaction.query<Counts['tasks'][number]>(
    `SELECT role, count(*) AS count FROM open_task WHERE realm = 'live' GROUP BY 1 ORDER BY 2 DESC, 1`,
  );
  if (!row) throw new Error('the database answered no row');
  return {
    ...row,
    open: levels.reduce((sum, { cases }) => sum + cases, 0),
    tasks,
    levels: levels.flatMap(({ level, cases }) => (level === null ? [] : [{ level, cases }])),
  };
}

export interface DatabaseFacts {
  readonly version: string;
  readonly migrations: number;
}

export async function databaseFacts(transaction: Transaction): Promise<DatabaseFacts> {
  const [row] = await transaction.query<DatabaseFacts>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version, (SELECT count(*) FROM migrations) AS migrations`,
  );
  if (!row) throw new Error('the database answered no row');
  return row;
}
