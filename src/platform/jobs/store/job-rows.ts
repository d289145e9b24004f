/** The queue, for operators. */
import type { ExpiringRows, Transaction } from '../../database/index.js';

export interface QueueCounts {
  /** Including retries and scheduled jobs. */
  readonly waiting: number;
  /** Due since; null if none is due. */
  readonly oldest: Date | null;
  readonly working: number;
  /** All attempts failed; these jobs wait for an operator. */
  readonly failed: number;
}

const isFailed = 'j.attempts >= j.max_attempts AND j.locked_at IS NULL';
/** Jobs that failed at least once and are not running: given up, or waiting for a retry. */
const hasFailed = 'j.attempts > 0 AND j.locked_at IS NULL';

export async function countJobs(transaction: Transaction, now: Date): Promise<QueueCounts> {
  const [row] = await transaction.query<QueueCounts>(
    `SELECT count(*) FILTER (WHERE j.is_available) AS waiting,
            min(j.run_at) FILTER (WHERE j.is_available AND j.run_at <= $1) AS oldest,
            count(*) FILTER (WHERE j.locked_at IS NOT NULL) AS working,
            count(*) FILTER (WHERE ${isFailed}) AS failed
       FROM _private_jobs j`,
    [now],
  );
  return row ?? { waiting: 0, oldest: null, working: 0, failed: 0 };
}

export interface FailedJob {
  readonly id: number;
  readonly name: string;
  readonly payload: unknown;
  readonly attempts: number;
  /** Error of the last attempt; null if its program died. */
  readonly error: string | null;
  readonly addedAt: Date;
  /** Null if it is not retried automatically. */
  readonly nextTry: Date | null;
}

/** Latest first, before the given id; `retrying`: includes jobs that wait for a retry. */
export function failedJobs(
  transaction: Transaction,
  page: {
    readonly limit: number;
    readonly before?: number | undefined;
    readonly name?: string | undefined;
    readonly retrying?: boolean | undefined;
  },
): Promise<FailedJob[]> {
  return transaction.query(
    `SELECT j.id, t.identifier AS name, j.payload, j.attempts, j.last_error AS error, j.created_at AS "addedAt",
            CASE WHEN j.attempts < j.max_attempts THEN j.run_at END AS "nextTry"
       FROM _private_jobs j JOIN _private_tasks t ON t.id = j.task_id
      WHERE ${page.retrying ? hasFailed : isFailed} AND j.id < $2 AND ($3::text IS NULL OR t.identifier = $3) ORDER BY j.id DESC LIMIT $1`,
    [page.limit, page.before ?? Number.MAX_SAFE_INTEGER, page.name ?? null],
  );
}

/** Number of jobs that `failedJobs` lists with `retrying`. */
export async function countTroubled(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM _private_jobs j WHERE ${hasFailed}`,
  );
  return row?.count ?? 0;
}

export interface JobStatus {
  readonly isFailed: boolean;
  readonly attempts: number;
  /** Error of the last attempt; null if there was none or its program died. */
  readonly error: string | null;
}

/** @returns undefined if done or never ordered */
export async function jobOfKey(transaction: Transaction, key: string): Promise<JobStatus | undefined> {
  const [row] = await transaction.query<JobStatus>(
    `SELECT ${isFailed} AS "isFailed", j.attempts, j.last_error AS error
       FROM _private_jobs j WHERE j.key = $1`,
    [key],
  );
  return row;
}

/**
 * Queues failed jobs with new attempts, to run now.
 *
 * @param ids may include jobs waiting for a retry; default: all that were given up
 * @returns ids of the queued jobs
 */
export async function retryJobs(transaction: Transaction, ids?: readonly number[]): Promise<number[]> {
  const rows = await transaction.query<{ id: number }>(
    `WITH retried AS (
       UPDATE _private_jobs j
          SET attempts = 0, run_at = now(), updated_at = now()
        WHERE ${ids ? hasFailed : isFailed} AND ($1::bigint[] IS NULL OR j.id = ANY($1::bigint[]))
       RETURNING j.id
     ), told AS (
       SELECT pg_notify('jobs:insert', json_build_object('count', count(*))::text) FROM retried HAVING count(*) > 0
     )
     SELECT id, (SELECT count(*) FROM told) AS told FROM retried ORDER BY id`,
    [ids ?? null],
  );
  return rows.map(({ id }) => id);
}

/** Jobs that failed in all their attempts. */
export const expiringJobs: ExpiringRows = {
  table: '_private_jobs',
  key: 'id',
  due: 'r.attempts >= r.max_attempts AND r.locked_at IS NULL AND r.updated_at < $1',
};
