import type { Law, Light } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Fence } from './board-store.js';

export interface LoadRow {
  readonly element: string;
  readonly name: string;
  readonly tasks: number;
  readonly yellow: number;
  readonly red: number;
  /** Number of tasks whose case's limit is within the next 24 hours. */
  readonly nearing: number;
  readonly oldest: Date;
  /** Mean age of the open tasks in seconds. */
  readonly meanSeconds: number;
}

const ofLight = (light: Light, law: Law): string =>
  `'{${law.levels
    .filter((level) => level.light === light)
    .map(({ key }) => key)
    .join(',')}}'::text[]`;

const openTasks = { program: 'every_task', viewer: 'visible_task' } as const;

/** Open tasks of a process by element, most frequent first. */
export async function processLoad(
  transaction: Transaction,
  fence: Fence,
  process: string,
  now: Date,
  law: Law,
): Promise<LoadRow[]> {
  return transaction.query<LoadRow>(
    `SELECT t.element, min(t.name) AS name, count(*) AS tasks, count(*) FILTER (WHERE t.level = ANY (${ofLight('yellow', law)})) AS yellow,
            count(*) FILTER (WHERE t.level = ANY (${ofLight('red', law)})) AS red,
            count(*) FILTER (WHERE t.limit_at > $2 AND t.limit_at <= $2::timestamptz + interval '24 hours') AS nearing,
            min(t.opened_at) AS oldest,
            greatest(0, round(avg(date_part('epoch', $2 - t.opened_at)))) AS "meanSeconds"
       FROM ${openTasks[fence]} t WHERE t.realm = 'live' AND t.process = $1 GROUP BY t.element
      ORDER BY count(*) DESC, t.element`,
    [process, now],
  );
}
