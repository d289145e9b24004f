/** The only file that runs graphile-worker. */
import { EventEmitter } from 'node:events';
import type pg from 'pg';
import type { TaskList, WithPgClient, WorkerEvents, WorkerPool, WorkerSharedOptions } from 'graphile-worker';
import type { Clock } from '../../../kernel/index.js';
import { schemaNames, type Database } from '../../database/index.js';
import type { Job } from '../job.js';
import { joinWorkers } from './membership.js';

export interface WorkersDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: readonly Job[];
  /** Called for failures of the queue itself, for example without a database; the workers continue. */
  readonly onError: (error: unknown) => void;
  /** Concurrent jobs. */
  readonly concurrency: number;
  /** Milliseconds after which a stalled program loses its jobs. */
  readonly lease: number;
}

/** Works jobs until `signal` aborts or the registration connection breaks. */
export async function workUntil(deps: WorkersDeps, signal: AbortSignal): Promise<void> {
  const { runTaskList } = await import('graphile-worker');
  const entry = await admission(deps);
  const pool = runTaskList(
    { ...entry.options, concurrency: deps.concurrency },
    tasks(deps.jobs),
    releasedOnce(deps.database.pool),
  );
  // Avoids an unhandled rejection until the race attaches.
  pool.promise.catch(() => undefined);
  const giveUp = new AbortController();
  const recorded = recordPersistently(deps, pool, AbortSignal.any([signal, giveUp.signal]));
  const membership = await entry.admit().catch(async (error: unknown) => {
    await pool.gracefulShutdown();
    throw error;
  });
  try {
    await Promise.race([aborted(AbortSignal.any([signal, membership.lost])), pool.promise]);
    if (membership.lost.aborted) giveUp.abort();
    if (pool._active) await pool.gracefulShutdown();
  } finally {
    giveUp.abort();
    await recorded();
    await membership.leave();
  }
}

/** Works all due jobs, one after the other. */
export async function workDue(deps: WorkersDeps): Promise<void> {
  const { runTaskListOnce } = await import('graphile-worker');
  const entry = await admission(deps);
  const client = await deps.database.pool.connect();
  try {
    const working = runTaskListOnce(entry.options, tasks(deps.jobs), client);
    const giveUp = new AbortController();
    const recorded = recordPersistently(deps, working, giveUp.signal);
    const membership = await entry.admit();
    try {
      await working;
    } finally {
      giveUp.abort();
      await recorded();
      await membership.leave();
    }
  } finally {
    client.release();
  }
}

/**
 * graphile-worker does not await the statement that records a job's end: if the database has gone
 * meanwhile, the rejection would end the program. This function replaces the library's own retries,
 * which know few errors. It retries until `over` and then gives up; whoever releases this worker's
 * jobs lets them run again.
 *
 * @returns resolves when nothing is being recorded any more
 */
function recordPersistently(
  { clock, onError }: WorkersDeps,
  pool: WorkerPool,
  over: AbortSignal,
): () => Promise<unknown> {
  const withPgClient = pool._withPgClient;
  const underWay = new Set<Promise<unknown>>();
  const persist: WithPgClient = async (statement) => {
    for (;;) {
      const last = over.aborted;
      try {
        return await withPgClient(statement);
      } catch (error) {
        if (last) return { rows: [] } as Awaited<ReturnType<typeof statement>>;
        onError(error);
        await clock.sleep(retryPause, over);
      }
    }
  };
  Object.assign(withPgClient, {
    withRetries: (statement: Parameters<WithPgClient>[0]) => {
      const recording = persist(statement).finally(() => underWay.delete(recording));
      underWay.add(recording);
      return recording;
    },
  });
  return () => Promise.all(underWay);
}

/** Milliseconds. */
const retryPause = 200;

type Connected = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  release: (failure?: unknown) => void,
) => void;

/**
 * graphile-worker gives its listening connection back twice if the connection breaks while the pool shuts down and
 * LISTEN is unanswered; nobody awaits the second, so its error would end the program.
 */
function releasedOnce(pool: pg.Pool): pg.Pool {
  const connect = (connected?: Connected): unknown => {
    if (!connected) return pool.connect();
    return pool.connect((error, client, release) => {
      let held = client !== undefined;
      connected(error, client, (failure) => {
        if (held) release(failure);
        held = false;
      });
    });
  };
  return Object.create(pool, { connect: { value: connect } }) as pg.Pool;
}

/**
 * The pool chooses its own name and starts its workers at once. `forbiddenFlags`, which graphile-worker asks before
 * each job, therefore resolves only after the worker is registered: no job is locked by an unregistered worker.
 */
async function admission({ database, clock, onError, lease }: WorkersDeps) {
  const { Logger } = await import('graphile-worker');
  const events = new EventEmitter() as unknown as WorkerEvents;
  let id = '';
  let admit = (_membership: PromiseLike<unknown>): void => undefined;
  const admittance = new Promise<unknown>((resolve) => (admit = resolve));
  // The rejection reaches both `forbiddenFlags` and the caller.
  admittance.catch(() => undefined);
  events.on('pool:create', ({ workerPool }) => (id = workerPool.id));
  const options: WorkerSharedOptions & { readonly noHandleSignals: true } = {
    events,
    noHandleSignals: true,
    schema: schemaNames(database.schema).jobs,
    useNodeTime: true,
    // New jobs arrive by NOTIFY; polling serves retries and scheduled jobs.
    pollInterval: 1000,
    forbiddenFlags: () => admittance.then(() => []),
    logger: new Logger(() => (level, message, meta) => {
      // Failures of jobs are stored with the job.
      if (String(level) === 'error' && meta?.['failure'] !== true) onError(new Error(message));
    }),
  };
  return {
    options,
    admit: () => {
      const membership = joinWorkers(database, clock, id, lease);
      admit(membership);
      return membership;
    },
  };
}

const tasks = (jobs: readonly Job[]): TaskList =>
  Object.fromEntries(
    jobs.map((job) => [
      job.name,
      (payload, { job: { attempts }, abortSignal }) =>
        job.work(payload, { attempt: attempts, signal: abortSignal ?? new AbortController().signal }),
    ]),
  );

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
