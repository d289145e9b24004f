import type pg from 'pg';
import { systemClock } from '../kernel/clock.js';
import { connectionRefusal, isConflict, isDisconnection } from './failure.js';
import type { Target } from './target.js';

export interface Transaction {
  /**
   * Runs SQL with `$1`, `$2`, … for the parameters and answers its rows. A JavaScript array is a PostgreSQL array;
   * JSON is passed as text.
   */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The same for a statement that is run often: parsed and planned once a connection. One name, one text. */
  prepared<Row = Record<string, unknown>>(
    name: string,
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
}

const mostAttempts = 5;

/**
 * Runs `work` in one transaction on one connection: committed when it resolves, rolled back when it rejects.
 *
 * A lost race (40001, 40P01) or a connection that broke before COMMIT is tried again, up to five times, so `work`
 * must have no effect but through its transaction. If the connection breaks during COMMIT nobody knows whether it
 * took effect: that is an error of its own.
 *
 * @throws {Refusal} `database.unreachable` when the database is gone; else whatever `work` throws
 */
export async function runTransaction<T>(
  pool: pg.Pool,
  target: Target,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const progress: Progress = { stage: 'connecting' };
    try {
      return await runOnce(pool, work, progress);
    } catch (error) {
      const gone = progress.stage === 'connecting' || isDisconnection(error);
      const again = isConflict(error) || (isDisconnection(error) && progress.stage !== 'committing');
      if (!again || attempt === mostAttempts) throw (gone && connectionRefusal(error, target)) || error;
    }
    await systemClock.sleep(5 * 2 ** attempt);
  }
}

interface Progress {
  stage: 'connecting' | 'working' | 'committing';
}

async function runOnce<T>(
  pool: pg.Pool,
  work: (transaction: Transaction) => Promise<T>,
  progress: Progress,
): Promise<T> {
  const client = await pool.connect();
  progress.stage = 'working';
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(transactionOn(client));
    progress.stage = 'committing';
    const answer = await client.query('COMMIT');
    // After an error that `work` swallowed PostgreSQL answers COMMIT with a rollback and no error.
    if (answer.command !== 'COMMIT')
      throw new Error('the transaction had failed before COMMIT; nothing was stored');
    return result;
  } catch (error) {
    // A connection that cannot even roll back must not go back to the pool.
    await client.query('ROLLBACK').catch((second: Error) => (failure = second));
    throw error;
  } finally {
    client.release(failure);
  }
}

function transactionOn(client: pg.PoolClient): Transaction {
  return {
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, [...parameters])).rows as Row[],
    prepared: async <Row>(name: string, text: string, parameters: readonly unknown[] = []) =>
      (await client.query({ name, text, values: [...parameters] })).rows as Row[],
  };
}
