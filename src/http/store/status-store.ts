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

/** Live cases only. `endOfToday` is 24:00 in Asia/Shanghai. */
export async function countWork(transaction: Transaction, now: Date, endOfToday: Date): Promise<Counts> {
  const [row] = await transaction.query<Omit<Counts, 'tasks' | 'levels'>>(
    `SELECT (SELECT count(*) FROM hotline.process_case WHERE realm = 'live' AND ended_at IS NULL) AS open,
            (SELECT count(*) FROM hotline.process_case WHERE realm = 'live' AND ended_at IS NOT NULL) AS ended,
            count(*) AS running,
            count(*) FILTER (WHERE due_at > $1 AND due_at <= $2) AS "dueToday",
            count(*) FILTER (WHERE due_at <= $1) AS "pastDue",
            count(*) FILTER (WHERE attempts > 0) AS incidents
       FROM hotline.deadline WHERE realm = 'live'`,
    [now, endOfToday],
  );
  const tasks = await transaction.query<{ role: string | null; count: number }>(
    "SELECT role, count(*) AS count FROM hotline.task WHERE realm = 'live' GROUP BY role ORDER BY count(*) DESC, role",
  );
  const levels = await transaction.query<{ level: string; cases: number }>(
    `SELECT level, count(*) AS cases FROM hotline.process_case
      WHERE realm = 'live' AND ended_at IS NULL AND level IS NOT NULL GROUP BY level`,
  );
  return {
    ...(row ?? { open: 0, ended: 0, running: 0, dueToday: 0, pastDue: 0, incidents: 0 }),
    tasks,
    levels,
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
