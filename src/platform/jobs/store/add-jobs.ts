import type { Transaction } from '../../database/index.js';
import type { JobKind } from '../job.js';

export interface JobOrder<Payload> {
  readonly payload: Payload;
  /** A waiting job with the same key is replaced; a running one continues and is followed by the new one. */
  readonly key?: string;
  /** Jobs of one queue run one after the other. */
  readonly queue?: string;
  /** Default: now. */
  readonly runAt?: Date;
}

/** Adds jobs in the caller's transaction, with NOTIFY at COMMIT. Not awaited: a failure fails the transaction. */
export function addJobs<Payload>(
  transaction: Transaction,
  kind: JobKind<Payload>,
  orders: readonly JobOrder<NoInfer<Payload>>[],
): void {
  if (orders.length === 0) return;
  transaction.write('add_jobs', addJobsSql, [
    kind.name,
    kind.attempts,
    orders.map(({ payload }) => JSON.stringify(payload)),
    orders.map(({ key }) => key ?? null),
    orders.map(({ queue }) => queue ?? null),
    orders.map(({ runAt }) => runAt ?? null),
  ]);
}

/**
 * For the hot path, without NOTIFY: programs find the job within a second. NOTIFY would serialise all commits of the
 * database including their flush, and `add_jobs` uses up an identity value of the job kind at each call.
 */
export function addJobQuietly<Payload>(
  transaction: Transaction,
  kind: JobKind<Payload>,
  payload: NoInfer<Payload>,
): void {
  transaction.write('add_job_quietly', addQuietlySql, [
    ...[kind.name, kind.attempts, JSON.stringify(payload), 0, null],
  ]);
}

/** Adds a job as if all attempts had failed: it is listed for operators, who may retry it. */
export function addFailedJob<Payload>(
  transaction: Transaction,
  kind: JobKind<Payload>,
  payload: NoInfer<Payload>,
  error: string,
): void {
  transaction.write('add_job_quietly', addQuietlySql, [
    ...[kind.name, kind.attempts, JSON.stringify(payload), kind.attempts, error],
  ]);
}

// Registers the job kind; of two concurrent inserts the second waits and gets the first one's row.
const addQuietlySql = `
  WITH known AS (SELECT id FROM _private_tasks WHERE identifier = $1),
       added AS (
         INSERT INTO _private_tasks (identifier)
         SELECT $1 WHERE NOT EXISTS (SELECT FROM known)
         ON CONFLICT (identifier) DO UPDATE SET identifier = excluded.identifier RETURNING id
       )
  INSERT INTO _private_jobs (task_id, payload, max_attempts, attempts, last_error)
  SELECT id, $3::json, $2::smallint, $4::smallint, $5::text FROM (SELECT id FROM known UNION ALL SELECT id FROM added) AS kind`;

const addJobsSql = `
  SELECT count(*) FROM add_jobs((
    SELECT array_agg((
             $1::text, payload::json, queue, run_at, $2::smallint, key, 0::smallint, null
           )::job_spec)
    FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS ordered (payload, key, queue, run_at)
  ))`;
