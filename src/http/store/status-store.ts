import type { Transaction } from '../../persistence/index.js';

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

/**
 * Live cases only. What is open is counted whole, out of an index; what has ended and what runs only as far as
 * `most` + 1: it grows with the years and the city. `endOfToday` is 24:00 in Asia/Shanghai.
 */
export async function countWork(
  transaction: Transaction,
  now: Date,
  endOfToday: Date,
  most: number,
): Promise<Counts> {
  const upTo = (rows: string): string => `(SELECT count(*) FROM (SELECT FROM ${rows} LIMIT ${most + 1}) one)`;
  // `claim_at` is the instant at which it falls due; only where firing failed it is when it is tried again.
  const [row] = await transaction.query<Omit<Counts, 'open' | 'tasks' | 'levels'>>(
    `SELECT ${upTo("hotline.process_case WHERE realm = 'live' AND ended_at IS NOT NULL")} AS ended,
            ${upTo("hotline.deadline WHERE realm = 'live'")} AS running,
            (SELECT count(*) FROM hotline.deadline WHERE realm = 'live' AND claim_at > $1 AND claim_at <= $2) -
              (SELECT count(*) FROM hotline.deadline
                WHERE realm = 'live' AND attempts > 0 AND claim_at > $1 AND claim_at <= $2) AS "dueToday",
            (SELECT count(*) FROM hotline.deadline WHERE realm = 'live' AND claim_at <= $1) +
              (SELECT count(*) FROM hotline.deadline
                WHERE realm = 'live' AND attempts > 0 AND claim_at > $1 AND due_at <= $1) AS "pastDue",
            (SELECT count(*) FROM hotline.deadline WHERE realm = 'live' AND attempts > 0) AS incidents`,
    [now, endOfToday],
  );
  const tasks = await transaction.query<{ role: string | null; count: number }>(
    "SELECT nullif(duty, '') AS role, count(*) AS count FROM hotline.task WHERE realm = 'live' GROUP BY duty ORDER BY count(*) DESC, duty",
  );
  const levels = await transaction.query<{ level: string | null; cases: number }>(
    `SELECT level, count(*) AS cases FROM hotline.process_case WHERE realm = 'live' AND ended_at IS NULL GROUP BY level`,
  );
  return {
    ...(row ?? { ended: 0, running: 0, dueToday: 0, pastDue: 0, incidents: 0 }),
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
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version, (SELECT count(*) FROM hotline.migrations) AS migrations`,
  );
  if (!row) throw new Error('the database answered no row');
  return row;
}
