/**
 * The one clock. Everything that needs the time is handed a `Clock`; no other file of `src/` may call
 * `Date.now()`, `new Date()` or a timer, so that a replay of old cases, a scenario with a moved clock and a
 * production run are the same code.
 */
export interface Clock {
  /** The present instant (UTC inside; civil time is always Asia/Shanghai, see `src/calendar`). */
  now(): Date;
  /** Resolves after `milliseconds`, or at once when `signal` aborts. Never rejects. */
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

/** A clock that stands still until it is moved: for scenarios, replays and tests. */
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
