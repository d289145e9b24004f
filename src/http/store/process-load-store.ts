import { limitSlot } from '../../engine/index.js';
import type { Transaction } from '../../persistence/index.js';
import type { Fence } from './board-store.js';

export interface LoadRow {
  readonly element: string;
  readonly name: string;
  readonly tasks: number;
  readonly yellow: number;
  readonly red: number;
  /** Their case's limit is within the next 24 hours. */
  readonly nearing: number;
  readonly oldest: Date;
  /** Mean age of the open tasks in seconds. */
  readonly meanSeconds: number;
}

const grave = `('red', 'supervision', 'second-supervision', 'accountability')`;

/** Open tasks of a process by element, most first. */
export async function processLoad(
  transaction: Transaction,
  fence: Fence,
  process: string,
  now: Date,
): Promise<LoadRow[]> {
  return fence === 'program'
    ? loadFromTallies(transaction, process, now)
    : loadOfViewer(transaction, process, now);
}

const nearing = 24 * 3_600_000;

/**
 * From running tallies. Limits of the next 24 hours: whole hours from the tallies, the partial hours at both ends from
 * the rows.
 */
async function loadFromTallies(transaction: Transaction, process: string, now: Date): Promise<LoadRow[]> {
  const until = new Date(now.getTime() + nearing);
  return transaction.query<LoadRow>(
    `WITH place AS (
       SELECT key[2] AS element, sum(n)::bigint AS tasks, sum(n) FILTER (WHERE key[4] = 'yellow') AS yellow,
              sum(n) FILTER (WHERE key[4] IN ${grave}) AS red, sum(opened) / sum(n) AS opened
         FROM seen_tally WHERE what = 'task' AND key[1] = $1 GROUP BY 1 HAVING sum(n) > 0
     ), nearing AS (
       SELECT element, sum(n) AS tasks FROM (
         SELECT key[2] AS element, n FROM seen_tally
          WHERE what = 'limit' AND key[1] = $1 AND slot > $3 AND slot <= $4
         UNION ALL
         SELECT element, 1 FROM open_task
          WHERE realm = 'live' AND process = $1 AND limit_at > $2 AND limit_at < date_bin('1 hour', $2::timestamptz + interval '1 hour', 'epoch')
            AND $3 % 2 = 1
         UNION ALL
         SELECT element, 1 FROM open_task
          WHERE realm = 'live' AND process = $1 AND limit_at > date_bin('1 hour', $5::timestamptz, 'epoch') AND limit_at <= $5) each
        GROUP BY 1
     )
     SELECT p.element, o.name, p.tasks, coalesce(p.yellow, 0)::bigint AS yellow, coalesce(p.red, 0)::bigint AS red,
            coalesce(n.tasks, 0)::bigint AS nearing, o.opened_at AS oldest,
            greatest(0, round(date_part('epoch', $2::timestamptz) - p.opened::double precision / 1000)) AS "meanSeconds"
       FROM place p LEFT JOIN nearing n ON n.element = p.element
      CROSS JOIN LATERAL (SELECT t.name, t.opened_at FROM open_task t
                           WHERE t.realm = 'live' AND t.process = $1 AND t.element = p.element
                           ORDER BY t.opened_at LIMIT 1) o
      ORDER BY p.tasks DESC, p.element`,
    [process, now, limitSlot(now), limitSlot(until) - (limitSlot(until) % 2), until],
  );
}

/** For a viewer: counted on demand, in proportion to the open tasks of their units. */
async function loadOfViewer(transaction: Transaction, process: string, now: Date): Promise<LoadRow[]> {
  return transaction.query<LoadRow>(
    `SELECT t.element, min(t.name) AS name, count(*) AS tasks, count(*) FILTER (WHERE t.level = 'yellow') AS yellow,
            count(*) FILTER (WHERE t.level IN ${grave}) AS red,
            count(*) FILTER (WHERE t.limit_at > $2 AND t.limit_at <= $2::timestamptz + interval '24 hours') AS nearing,
            min(t.opened_at) AS oldest,
            greatest(0, round(avg(date_part('epoch', $2 - t.opened_at)))) AS "meanSeconds"
       FROM seen_task t WHERE t.realm = 'live' AND t.process = $1 GROUP BY t.element
      ORDER BY count(*) DESC, t.element`,
    [process, now],
  );
}
