/**
 * The one clock, injected everywhere; ESLint forbids `Date.now()`, `new Date()` and timers in other
 * files of `src/`. Replays, scenarios and production therefore run the same code.
 */
export interface Clock {
  /** The present instant. Civil time is always Asia/Shanghai, see `src/calendar`. */
  now(): Date;
  /** Resolves after `milliseconds`, or when `signal` aborts. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal?.addEventListener('abort', done);
    }),
};

/** A clock that stands still until moved, for scenarios, replays and tests. */
export function movableClock(start: Date): Clock & { moveTo(instant: Date): void } {
  let present = start;
  return {
    now: () => present,
    sleep: () => Promise.resolve(),
    moveTo: (instant) => {
      present = instant;
    },
  };
}
