/** The only file that knows how graphile-worker runs. */
import { EventEmitter } from 'node:events';
import type { WorkerEvents, WorkerSharedOptions, TaskList } from 'graphile-worker';
import type { Clock } from '../../kernel/index.js';
import { schemaNames, type Database } from '../../persistence/index.js';
import type { Job } from '../job.js';
import { joinWorkers } from './membership.js';

export interface WorkersDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: readonly Job[];
  readonly onError: (error: unknown) => void;
  /** Jobs at a time in this program. */
  readonly concurrency: number;
  /** Milliseconds that a program may stand still before others take its jobs over. */
  readonly lease: number;
}

/** Works jobs until `signal` aborts, or the connection that shows others that we live breaks. */
export async function workUntil(deps: WorkersDeps, signal: AbortSignal): Promise<void> {
  const { runTaskList } = await import('graphile-worker');
  const entry = await admission(deps);
  const pool = runTaskList(
    { ...entry.options, concurrency: deps.concurrency },
    tasks(deps.jobs),
    deps.database.pool,
  );
  // Whoever waits for it below is told; until then nobody is.
  pool.promise.catch(() => undefined);
  const membership = await entry.admit().catch(async (error: unknown) => {
    await pool.gracefulShutdown();
    throw error;
  });
  try {
    await Promise.race([aborted(AbortSignal.any([signal, membership.lost])), pool.promise]);
    if (pool._active) await pool.gracefulShutdown();
  } finally {
    await membership.leave();
  }
}

/** Works what is due now, one job after the other, and resolves when nothing is due any more. */
export async function workDue(deps: WorkersDeps): Promise<void> {
  const { runTaskListOnce } = await import('graphile-worker');
  const entry = await admission(deps);
  const client = await deps.database.pool.connect();
  try {
    const working = runTaskListOnce(entry.options, tasks(deps.jobs), client);
    const membership = await entry.admit();
    try {
      await working;
    } finally {
      await membership.leave();
    }
  } finally {
    client.release();
  }
}

/**
 * A pool of workers makes up its name itself, and its workers start at once. So the question that graphile-worker
 * asks before each job, which ones to pass over, is answered only after the name is in the list of workers: no job
 * is ever locked by somebody of whom nobody would notice that he died.
 */
async function admission({ database, clock, onError, lease }: WorkersDeps) {
  const { Logger } = await import('graphile-worker');
  const events = new EventEmitter() as unknown as WorkerEvents;
  let id = '';
  let admit = (_membership: PromiseLike<unknown>): void => undefined;
  const admittance = new Promise<unknown>((resolve) => (admit = resolve));
  // Where it fails, both who asked for a job and who waits for the membership are told.
  admittance.catch(() => undefined);
  events.on('pool:create', ({ workerPool }) => (id = workerPool.id));
  const options: WorkerSharedOptions & { readonly noHandleSignals: true } = {
    events,
    noHandleSignals: true,
    schema: schemaNames(database.schema).jobs,
    useNodeTime: true,
    // Whoever adds a job tells who listens; only retries and jobs for later wait for the next look.
    pollInterval: 1000,
    forbiddenFlags: () => admittance.then(() => []),
    logger: new Logger(() => (level, message, meta) => {
      // A job's own failure is noted with the job.
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
