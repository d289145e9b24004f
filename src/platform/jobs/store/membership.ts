/**
 * Registration of workers. A worker has a row in `job_worker` and holds an advisory lock on its id through a connection
 * of its own; PostgreSQL releases the lock when that connection ends for any reason. Any program that finds a row with
 * a free lock requeues that worker's jobs (graphile-worker alone would wait four hours). A stalled worker stops using
 * the connection; after its lease the server closes it.
 */
import type { Clock } from '../../../kernel/index.js';
import type { Database } from '../../database/index.js';

export interface Membership {
  /** Aborted when the connection breaks: others take over the jobs. */
  readonly lost: AbortSignal;
  leave(): Promise<void>;
}

const lockOf = (id: string) => `hashtextextended(current_schema() || '.job_worker ' || ${id}, 0)`;

/**
 * @param lease milliseconds of silence after which others take over the jobs
 * @throws {Error} if the database cannot be reached
 */
export async function joinWorkers(
  database: Database,
  clock: Clock,
  id: string,
  lease: number,
): Promise<Membership> {
  const client = await database.pool.connect();
  const losing = new AbortController();
  const lose = (): void => losing.abort();
  client.on('error', lose);
  client.on('end', lose);
  const release = (failure?: Error): void => {
    client.off('error', lose);
    client.off('end', lose);
    client.release(failure);
  };
  try {
    await client.query(`SELECT pg_advisory_lock(${lockOf('$1')})`, [id]);
    await client.query('INSERT INTO job_worker (id, started_at) VALUES ($1, $2)', [id, clock.now()]);
    await client.query(`SELECT set_config('idle_session_timeout', $1, false)`, [String(lease)]);
  } catch (error) {
    release(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
  const leaving = new AbortController();
  const beating = (async () => {
    const over = AbortSignal.any([leaving.signal, losing.signal]);
    for (;;) {
      await clock.sleep(lease / 3, over);
      if (over.aborted) return;
      await client.query('SELECT').catch(lose);
    }
  })();
  return {
    lost: losing.signal,
    leave: async () => {
      leaving.abort();
      await beating;
      if (losing.signal.aborted) return release(new Error('the connection is broken'));
      try {
        // Unlocks jobs whose end could not be recorded.
        await client.query('SELECT force_unlock_workers($1::text[])', [[id]]);
        await client.query('DELETE FROM job_worker WHERE id = $1', [id]);
        await client.query(`SELECT pg_advisory_unlock(${lockOf('$1')})`, [id]);
        await client.query('RESET idle_session_timeout');
        release();
      } catch (error) {
        release(error instanceof Error ? error : new Error(String(error)));
      }
    },
  };
}

/** Requeues the jobs of dead workers. @returns number of dead workers */
export function releaseDeadWorkers(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    const dead = await transaction.query<{ id: string }>(
      `DELETE FROM job_worker WHERE pg_try_advisory_xact_lock(${lockOf('id')}) RETURNING id`,
    );
    if (dead.length === 0) return 0;
    await transaction.query('SELECT force_unlock_workers($1::text[])', [dead.map(({ id }) => id)]);
    await transaction.query(`SELECT pg_notify('jobs:insert', '{"count":1}')`);
    return dead.length;
  });
}
