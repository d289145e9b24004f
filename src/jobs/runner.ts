/**
 * Works the job queue in this program. Any number of programs may do so on one database: a job is worked by one of
 * them, and one whose program died is given to another within about a second, one whose program stands still after its lease.
 */
import { repeat, type Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import type { Job } from './job.js';
import { releaseDeadWorkers } from './store/membership.js';
import { workDue, workUntil } from './store/workers.js';

export interface JobRunner {
  /** Runs until `signal` aborts; resolves when the jobs in progress are over. */
  run(signal: AbortSignal): Promise<void>;
  /** Works what is due now and resolves when nothing is due any more; a job that fails waits for its next try. */
  runDue(): Promise<void>;
}

export interface JobRunnerDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: readonly Job[];
  /** Told of what hinders the queue itself (the database gone, say); the runner goes on. */
  readonly onError: (error: unknown) => void;
  /** Jobs at a time; 4 without it. */
  readonly concurrency?: number;
  /** Milliseconds that this program may stand still before others take its jobs over; 15,000 without it. */
  readonly lease?: number;
}

const pause = 1000;

export function createJobRunner(deps: JobRunnerDeps): JobRunner {
  const workers = { ...deps, concurrency: deps.concurrency ?? 4, lease: deps.lease ?? 15_000 };
  return {
    run: async (signal) => {
      await Promise.all([
        repeat(deps, pause, signal, () => workUntil(workers, signal)),
        repeat(deps, pause, signal, () => releaseDeadWorkers(deps.database)),
      ]);
    },
    runDue: async () => {
      await releaseDeadWorkers(deps.database);
      await workDue(workers);
    },
  };
}
