import type { Transaction } from '../../persistence/index.js';
import type { JobKind } from '../job.js';

export interface JobOrder<Payload> {
  readonly payload: Payload;
  /**
   * At most one job that waits has this key: a second one takes its place. One that is being worked is left alone,
   * and the second one follows it.
   */
  readonly key?: string;
  /** Jobs of one queue are worked one after the other; without it any number at a time. */
  readonly queue?: string;
  /** Not before this instant; at once without it. */
  readonly runAt?: Date;
}

/**
 * Puts jobs into the queue within the caller's transaction: they are there when it commits, and not where it does
 * not. Programs that listen are told at COMMIT. Nothing is waited for; a failure fails the transaction.
 */
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
 * The same for the hot path, without telling who listens: programs find the job at their next look, within a second.
 * NOTIFY would make all commits of the database wait for each other, their flush to disk included, and `add_jobs` uses
 * up a number of its kinds each time.
 */
export function addJobQuietly<Payload>(
  transaction: Transaction,
  kind: JobKind<Payload>,
  payload: NoInfer<Payload>,
): void {
  transaction.write('add_job_quietly', addQuietlySql, [kind.name, kind.attempts, JSON.stringify(payload)]);
}

// Whoever is first makes the kind known; of two at once the second waits and gets the first one's row.
const addQuietlySql = `
  WITH known AS (SELECT id FROM _private_tasks WHERE identifier = $1),
       added AS (
         INSERT INTO _private_tasks (identifier)
         SELECT $1 WHERE NOT EXISTS (SELECT FROM known)
         ON CONFLICT (identifier) DO UPDATE SET identifier = excluded.identifier RETURNING id
       )
  INSERT INTO _private_jobs (task_id, payload, max_attempts)
  SELECT id, $3::json, $2::smallint FROM (SELECT id FROM known UNION ALL SELECT id FROM added) AS kind`;

const addJobsSql = `
  SELECT count(*) FROM add_jobs((
    SELECT array_agg((
             $1::text, payload::json, queue, run_at, $2::smallint, key, 0::smallint, null
           )::job_spec)
    FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS ordered (payload, key, queue, run_at)
  ))`;
