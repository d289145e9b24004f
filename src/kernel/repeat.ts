import type { Clock } from './clock.js';

export interface Repeating {
  readonly clock: Clock;
  /** Called for a failed round, for example without a database; the next round runs all the same. */
  readonly onError: (error: unknown) => void;
}

/** Rounds `pause` milliseconds apart until `signal` aborts; resolves after the current round. */
export async function repeat(
  { clock, onError }: Repeating,
  pause: number,
  signal: AbortSignal,
  round: () => Promise<unknown>,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await round();
    } catch (error) {
      onError(error);
    }
    await clock.sleep(pause, signal);
  }
}
