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

const addJobsSql = `
  SELECT count(*) FROM graphile_worker.add_jobs((
    SELECT array_agg((
             $1::text, payload::json, queue, run_at, $2::smallint, key, 0::smallint, null
           )::graphile_worker.job_spec)
    FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS ordered (payload, key, queue, run_at)
  ))`;
