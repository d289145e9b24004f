/**
 * Works the job queue, with any number of programs. A job of a dead program is taken over within about a second, one of
 * a stalled program after its lease.
 */
import { repeat } from '../../kernel/index.js';
import { releaseDeadWorkers } from './store/membership.js';
import { workDue, workUntil, type WorkersDeps } from './store/workers.js';

export interface JobRunner {
  /** Runs until `signal` aborts; resolves when the current jobs are done. */
  run(signal: AbortSignal): Promise<void>;
  /** Runs all due jobs once; a failed job waits for its next attempt. */
  runDue(): Promise<void>;
}

/** By default four concurrent jobs, and a lease of fifteen seconds. */
export type JobRunnerDeps = Omit<WorkersDeps, 'concurrency' | 'lease'> &
  Partial<Pick<WorkersDeps, 'concurrency' | 'lease'>>;

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
