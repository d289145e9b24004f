import { dueSlot } from '../../engine/index.js';
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
 * Live cases only, from running tallies, corrected for what changed by time alone: due but unfired deadlines, and
 * failed ones. `endOfToday` is 24:00 in Asia/Shanghai.
 */
export async function countWork(transaction: Transaction, now: Date, endOfToday: Date): Promise<Counts> {
  // `claim_at` is the due instant, or the next attempt after a failure. Two queries with the instant inlined: a generic
  // plan, or one query for both, would read all deadlines.
  const [late] = await transaction.query<{ ofToday: number; pastDue: number; incidents: number }>(
    `SELECT count(*) FILTER (WHERE due_at > $2::timestamptz - interval '1 day' AND due_at <= $2) AS "ofToday",
            count(*) FILTER (WHERE due_at <= $1) AS "pastDue", count(*) FILTER (WHERE attempts > 0) AS incidents
       FROM (SELECT due_at, attempts FROM open_deadline
              WHERE realm = 'live' AND claim_at <= '${now.toISOString()}' AND attempts = 0
             UNION ALL
             SELECT due_at, attempts FROM open_deadline WHERE realm = 'live' AND attempts > 0) late`,
    [now, endOfToday],
  );
  const rows = await transaction.query<{ what: string; of: string | null; count: number }>(
    `SELECT what, CASE what WHEN 'task' THEN nullif(key[3], '') WHEN 'case' THEN key[1]
                            WHEN 'due' THEN CASE slot WHEN $1 THEN 'today' END END AS of, sum(n)::bigint AS count
       FROM seen_tally WHERE what IN ('case', 'task', 'due', 'ended')
      GROUP BY 1, 2 HAVING sum(n) > 0 ORDER BY 1, 3 DESC, 2`,
    [dueSlot(endOfToday)],
  );
  const of = (what: string) => rows.filter((row) => row.what === what);
  const sum = (what: string): number => of(what).reduce((all, { count }) => all + count, 0);
  const { ofToday = 0, pastDue = 0, incidents = 0 } = late ?? {};
  return {
    open: sum('case'),
    ended: sum('ended'),
    running: sum('due'),
    dueToday: (of('due').find((row) => row.of === 'today')?.count ?? 0) - ofToday,
    pastDue,
    incidents,
    tasks: of('task').map(({ of: role, count }) => ({ role, count })),
    levels: of('case').flatMap(({ of: level, count: cases }) => (level === null ? [] : [{ level, cases }])),
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
