/**
 * Who works jobs. A worker stands in `job_worker` and holds an advisory lock on its id through a connection of its
 * own; PostgreSQL frees the lock the moment that connection ends, however the program ended. Whoever finds a row
 * whose lock is free gives that worker's jobs back to the queue. (Left to itself graphile-worker waits four hours.)
 * A worker that does not die but no longer moves falls silent on that connection; after its lease the server ends it.
 */
import type { Clock } from '../../kernel/index.js';
import type { Database } from '../../persistence/index.js';

export interface Membership {
  /** Aborted when the connection broke: from then on others take the jobs over. */
  readonly lost: AbortSignal;
  leave(): Promise<void>;
}

const lockOf = (id: string) => `hashtextextended(current_schema() || '.job_worker ' || ${id}, 0)`;

/**
 * @param lease milliseconds that the worker may be silent before others take its jobs over
 * @throws {Error} where the database cannot be reached
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

/** Gives the jobs of workers that died back to the queue, to be worked at once. Answers how many workers that were. */
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
