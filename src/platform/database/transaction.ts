import type pg from 'pg';
import type { EntityManager } from 'typeorm';
import { systemClock } from '../../kernel/clock.js';
import type { ManagerOver, Repositories } from './entity.js';
import {
  connectionRefusal,
  isAborted,
  isRolledBack,
  isConflict,
  isDisconnection,
  isReadOnly,
  isUnwritable,
} from './failure.js';
import type { Target } from './target.js';

export interface Transaction extends Repositories {
  /** Runs SQL with `$1`, `$2`, … and returns its rows. Arrays are PostgreSQL arrays; JSON is passed as text. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The same for a frequent statement: parsed and planned once per connection. One name, one text. */
  prepared<Row = Record<string, unknown>>(
    name: string,
    sql: string,
    parameters?: readonly unknown[],
  ): Promise<Row[]>;
  /** Sends a prepared statement, not awaited: its failure shows at COMMIT or at the next awaited statement. */
  write(name: string, sql: string, parameters?: readonly unknown[]): void;
  /** Called after COMMIT, never after a rollback. */
  afterCommit(effect: () => void): void;
  /** Called when an attempt has failed, before the retry. */
  afterFailure(effect: () => void): void;
}

const mostAttempts = 5;

/**
 * Runs `work` in one transaction on one connection: committed when it resolves, rolled back when it rejects.
 *
 * Conflicts (40001, 40P01) and connections broken before COMMIT are retried up to five times, so `work` must have no
 * effects outside its transaction. If the connection breaks during COMMIT, the outcome is unknown: an error of its own.
 *
 * @throws {Refusal} `database.unreachable`, `database.full`, `database.read-only`, `overloaded`: the database is gone,
 * not writable, or had no free connection in time; and whatever `work` throws
 */
export async function runTransaction<T>(
  pool: pg.Pool,
  managerOver: ManagerOver,
  target: Target,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const progress: Progress = { stage: 'connecting' };
    try {
      return await runOnce(pool, managerOver, work, progress);
    } catch (error) {
      const known = progress.stage === 'connecting' || isDisconnection(error) || isUnwritable(error);
      const undone = progress.stage !== 'committing' || isRolledBack(error);
      const again = isConflict(error) || (isDisconnection(error) && undone);
      if (!again || attempt === mostAttempts) throw (known && connectionRefusal(error, target)) || error;
    }
    await systemClock.sleep(5 * 2 ** attempt);
  }
}

interface Progress {
  stage: 'connecting' | 'working' | 'committing';
}

async function runOnce<T>(
  pool: pg.Pool,
  managerOver: ManagerOver,
  work: (transaction: Transaction) => Promise<T>,
  progress: Progress,
): Promise<T> {
  const client = await pool.connect();
  progress.stage = 'working';
  let rollbackFailure: Error | undefined;
  const unawaited: { failure?: Error } = {};
  const throwFailure = (): void => {
    if (unawaited.failure) throw unawaited.failure;
  };
  const effects: (() => void)[] = [];
  const remedies: (() => void)[] = [];
  // With a callback the failure is known before the next statement is sent; a promise rejects later.
  const write = (query: pg.QueryConfig): void =>
    client.query(query, (error: Error | null) => {
      if (error) unawaited.failure ??= error;
    });
  const rowsOf = async <Row>(query: pg.QueryConfig): Promise<Row[]> =>
    (await client.query(query)).rows as Row[];
  let manager: EntityManager | undefined;
  try {
    write({ text: 'BEGIN' });
    const result = await work({
      query: (text, values = []) => rowsOf({ text, values: [...values] }),
      prepared: (name, text, values = []) => rowsOf({ name, text, values: [...values] }),
      write: (name, text, values = []) => write({ name, text, values: [...values] }),
      repository: ({ name }) =>
        (manager ??= managerOver((text, values = []) => client.query({ text, values }))).getRepository(name),
      afterCommit: (effect) => effects.push(effect),
      afterFailure: (effect) => remedies.push(effect),
    });
    // pg reports statements it cannot send on the next tick; without waiting, the server would commit without them.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    throwFailure();
    progress.stage = 'committing';
    const { command } = await client.query('COMMIT');
    throwFailure();
    // After an error swallowed by `work`, PostgreSQL answers COMMIT with a rollback and no error.
    if (command !== 'COMMIT') throw new Error('the transaction had failed before COMMIT; nothing was stored');
    for (const effect of effects) effect();
    return result;
  } catch (error) {
    // A connection that cannot roll back must not return to the pool.
    await client.query('ROLLBACK').catch((second: Error) => (rollbackFailure = second));
    for (const effect of remedies) effect();
    const first =
      unawaited.failure && (isAborted(error) || isDisconnection(error)) ? unawaited.failure : error;
    // The server is no longer the primary: a new connection finds the one that is.
    if (isReadOnly(first)) rollbackFailure ??= first;
    throw first;
  } finally {
    client.release(rollbackFailure);
  }
}
