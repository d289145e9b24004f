/**
 * Fires due deadlines. A timer is a row; this loop only asks which rows are due. Any number of programs may run it on
 * one database: each claim skips what others hold, and a dead program's claims end with its connection.
 */
import type { Clock } from '../../kernel/index.js';
import type { ClockSkew, ClockWatch } from './clock-watch.js';
import type { Executor } from '../executor.js';

export interface Scheduler {
  /** Runs until stopped; resolves after the current round. */
  run(signal: AbortSignal): Promise<void>;
}

export interface SchedulerDeps {
  readonly executor: Pick<Executor, 'fireDue' | 'startDue' | 'spreadSignal'>;
  readonly clock: Clock;
  /** Called for a failed round, for example without a database; the loop continues. */
  readonly onError: (error: unknown) => void;
  /** Compares the program's clock with the database's. */
  readonly clockWatch?: ClockWatch;
  /** Called after a measurement, at most once a minute, if the clocks differ too much. */
  readonly onSkew?: (skew: ClockSkew) => void;
  /** Cases per transaction. */
  readonly batch?: number;
  /** Milliseconds between two queries when nothing is due. */
  readonly pause?: number;
}

/** Milliseconds between two checks for processes that a timer starts; these need not start to the second. */
const startsEvery = 5000;

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const batch = deps.batch ?? 200;
  const pause = deps.pause ?? 1000;
  let told: ClockSkew | undefined;
  let startsLookedAt = Number.NEGATIVE_INFINITY;
  const startDue = async (): Promise<number> => {
    const now = deps.clock.now().getTime();
    if (Math.abs(now - startsLookedAt) < startsEvery) return 0;
    startsLookedAt = now;
    const started = await deps.executor.startDue(batch);
    // After a full batch some starts may remain, so the next round checks again.
    if (started > 0) startsLookedAt = Number.NEGATIVE_INFINITY;
    return started;
  };
  const watchClocks = async (): Promise<void> => {
    const skew = await deps.clockWatch?.look();
    if (skew?.excessive && skew !== told) deps.onSkew?.(skew);
    told = skew;
  };
  return {
    run: async (signal) => {
      while (!signal.aborted) {
        let fired = 0;
        try {
          await watchClocks();
          fired = await deps.executor.fireDue(batch);
          fired += (await deps.executor.spreadSignal(batch)) + (await startDue());
        } catch (error) {
          deps.onError(error);
        }
        // A full batch is followed by the next without a pause.
        if (fired === 0) await deps.clock.sleep(pause, signal);
      }
    },
  };
}
