import type { Writable } from 'node:stream';
import pg from 'pg';
import type { EntityManager, ObjectLiteral, Repository } from 'typeorm';
import { systemClock } from '../kernel/clock.js';
import type { Entity, ManagerOver } from './entity.js';
import { connectionRefusal, isCertainlyUndone, isAborted, isConflict, isDisconnection } from './failure.js';
import type { Target } from './target.js';
import { createHolding, type Change } from './together.js';
import { createTurnstile } from './turnstile.js';

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
  /**
   * A prepared statement whose answer nobody needs: it goes out together with what follows, at the latest with COMMIT.
   * If it fails, the transaction fails with its error.
   */
  write(name: string, sql: string, parameters?: readonly unknown[]): void;
  /** The same for changes that may go out as one statement with those before and after them. */
  change(change: Change): void;
  /** Rows of an entity that `openDatabase` knows, read and written by TypeORM on this transaction's connection. */
  repository<Row extends ObjectLiteral>(entity: Entity<Row>): Repository<Row>;
  /** Runs once the transaction has been committed, not at all where it is not. */
  afterCommit(effect: () => void): void;
  /** Runs where the attempt has failed, before it is tried again. */
  afterFailure(effect: () => void): void;
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
  managerOver: ManagerOver,
  target: Target,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const progress: Progress = { stage: 'connecting' };
    try {
      return await runOnce(pool, managerOver, work, progress);
    } catch (error) {
      const gone = progress.stage === 'connecting' || isDisconnection(error);
      const undone = progress.stage !== 'committing' || isCertainlyUndone(error);
      const again = isConflict(error) || (isDisconnection(error) && undone);
      if (!again || attempt === mostAttempts) throw (gone && connectionRefusal(error, target)) || error;
    }
    await systemClock.sleep(5 * 2 ** attempt);
  }
}

/** Of the whole program: what is warm is its processor's. */
const othersToo = createTurnstile();

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
  // Whoever is alone waits for nobody.
  if (pool.totalCount - pool.idleCount > 1) await othersToo();
  progress.stage = 'working';
  let failure: Error | undefined;
  const written: Promise<unknown>[] = [];
  const effects: (() => void)[] = [];
  const remedies: (() => void)[] = [];
  let broken: { readonly error: unknown } | undefined;
  const send = (query: pg.QueryConfig | string): Promise<pg.QueryResult> => {
    holding.release();
    inOnePacket(client);
    return client.query(query);
  };
  const unawaited = (query: pg.QueryConfig): void => {
    const answer = new Promise<void>((resolve, reject) => {
      inOnePacket(client);
      // By a callback: what cannot even be sent is then known before COMMIT goes out behind it.
      const sent = queryOf(query, (error) => {
        if (!error) return resolve();
        broken ??= { error };
        reject(error);
      });
      client.query(sent);
    });
    // Its failure is met at the end, by whoever waits for all of them, or by whoever asks next.
    answer.catch(() => undefined);
    written.push(answer);
  };
  const holding = createHolding(unawaited);
  let manager: EntityManager | undefined;
  try {
    unawaited({ text: 'BEGIN' });
    const result = await work({
      query: async <Row>(text: string, values: readonly unknown[] = []) =>
        (await send({ text, values: [...values] })).rows as Row[],
      prepared: async <Row>(name: string, text: string, values: readonly unknown[] = []) =>
        (await send({ name, text, values: [...values] })).rows as Row[],
      write: (name, text, values = []) => {
        holding.release();
        unawaited({ name, text, values: [...values] });
      },
      change: (change) => holding.hold(change),
      repository: ({ name }) =>
        (manager ??= managerOver((text, values = []) => send({ text, values }))).getRepository(name),
      afterCommit: (effect) => effects.push(effect),
      afterFailure: (effect) => remedies.push(effect),
    });
    // What failed on this side the server knows nothing of.
    if (broken) throw broken.error;
    progress.stage = 'committing';
    const committed = send('COMMIT');
    // Where an earlier statement fails first, nobody waits for this answer any more.
    committed.catch(() => undefined);
    await Promise.all(written);
    const answer = await committed;
    // After an error that `work` swallowed PostgreSQL answers COMMIT with a rollback and no error.
    if (answer.command !== 'COMMIT')
      throw new Error('the transaction had failed before COMMIT; nothing was stored');
    for (const effect of effects) effect();
    return result;
  } catch (error) {
    // A connection that cannot even roll back must not go back to the pool.
    await client.query('ROLLBACK').catch((second: Error) => (failure = second));
    for (const effect of remedies) effect();
    throw broken && isAborted(error) ? broken.error : error;
  } finally {
    client.release(failure);
  }
}

/** Made of its text: what is given as an object `pg` copies property by property, which is 4 % of a step's CPU. */
function queryOf({ name, text, values }: pg.QueryConfig, told: (error: Error | undefined) => void): pg.Query {
  const query = new pg.Query(text, values, told);
  return name === undefined ? query : Object.assign(query, { name });
}

/**
 * Statements of one turn of the event loop leave in one packet: on a busy machine the system call costs more than what
 * is sent with it (measured: a transaction of seven statements 330 µs of CPU in writes, in three packets 140 µs).
 */
function inOnePacket(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}
