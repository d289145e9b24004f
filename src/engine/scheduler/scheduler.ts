/**
 * The system as a user: it fires what falls due with nobody watching. A timer is a row; this loop only asks which
 * rows are due. Any number of programs may run it on one database: each claim passes over what others hold, and a
 * program that dies takes its claims with it when its connection ends.
 */
import type { Clock } from '../../kernel/index.js';
import type { ClockSkew, ClockWatch } from './clock-watch.js';
import type { Executor } from '../executor.js';

export interface Scheduler {
  /** Runs until stopped; resolves when the round in progress is over. */
  run(signal: AbortSignal): Promise<void>;
}

export interface SchedulerDeps {
  readonly executor: Pick<Executor, 'fireDue'>;
  readonly clock: Clock;
  /** Told of a round that failed as a whole (the database gone, say); the loop goes on. */
  readonly onError: (error: unknown) => void;
  /** Compares the program's clock with the database's while it runs. */
  readonly clockWatch?: ClockWatch;
  /** Told once a measurement, at most once a minute, where the clocks are too far apart. */
  readonly onSkew?: (skew: ClockSkew) => void;
  /** Cases per transaction. */
  readonly batch?: number;
  /** Milliseconds between two questions when nothing is due. */
  readonly pause?: number;
}

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const batch = deps.batch ?? 200;
  const pause = deps.pause ?? 1000;
  let told: ClockSkew | undefined;
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
        } catch (error) {
          deps.onError(error);
        }
        // A full backlog is worked off without a pause; an empty one is asked for again after it.
        if (fired === 0) await deps.clock.sleep(pause, signal);
      }
    },
  };
}
