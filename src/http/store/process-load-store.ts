import type { Transaction } from '../../persistence/index.js';
import type { Fence } from './board-store.js';

export interface LoadRow {
  readonly element: string;
  readonly name: string;
  readonly tasks: number;
  readonly yellow: number;
  readonly red: number;
  /** Their case's limit falls within the next 24 hours. */
  readonly nearing: number;
  readonly oldest: Date;
  /** How long those that rest there now have been resting, in seconds. */
  readonly meanSeconds: number;
}

const grave = `('red', 'supervision', 'second-supervision', 'accountability')`;
const tasks = { program: 'hotline.task', viewer: 'hotline.seen_task' } as const;

/** Where the open tasks of a process rest, the fullest element first. */
export async function processLoad(
  transaction: Transaction,
  fence: Fence,
  process: string,
  now: Date,
): Promise<LoadRow[]> {
  return transaction.query<LoadRow>(
    `SELECT l.*, (SELECT t.name FROM hotline.task t WHERE t.realm = 'live' AND t.process = $1 AND t.element = l.element
                   LIMIT 1) AS name
       FROM (SELECT t.element, count(*) AS tasks, count(*) FILTER (WHERE t.level = 'yellow') AS yellow,
                    count(*) FILTER (WHERE t.level IN ${grave}) AS red,
                    count(*) FILTER (WHERE t.limit_at > $2 AND t.limit_at <= $2 + interval '24 hours') AS nearing,
                    min(t.opened_at) AS oldest,
                    greatest(0, round(avg(date_part('epoch', $2 - t.opened_at)))) AS "meanSeconds"
               FROM ${tasks[fence]} t WHERE t.realm = 'live' AND t.process = $1 GROUP BY t.element) l
      ORDER BY l.tasks DESC, l.element`,
    [process, now],
  );
}
