/**
 * Works the job queue, with any number of programs. A job of a dead program is taken over within about a second, one of
 * a stalled program after its lease.
 */
import { repeat, type Clock } from '../../kernel/index.js';
import type { Database } from '../database/index.js';
import type { Job } from './job.js';
import { releaseDeadWorkers } from './store/membership.js';
import { workDue, workUntil } from './store/workers.js';

export interface JobRunner {
  /** Runs until `signal` aborts; resolves when the current jobs are done. */
  run(signal: AbortSignal): Promise<void>;
  /** Runs all due jobs once; a failed job waits for its next attempt. */
  runDue(): Promise<void>;
}

export interface JobRunnerDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly jobs: readonly Job[];
  /** Called for failures of the queue itself, for example without a database; the runner continues. */
  readonly onError: (error: unknown) => void;
  /** Concurrent jobs; default 4. */
  readonly concurrency?: number;
  /** Milliseconds after which a stalled program loses its jobs; default 15,000. */
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
