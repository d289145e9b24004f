import type { Clock } from './clock.js';

export interface Repeating {
  readonly clock: Clock;
  /** Told of a round that failed (the database gone, say); the next one comes all the same. */
  readonly onError: (error: unknown) => void;
}

/** Round after round, `pause` milliseconds apart, until `signal` aborts; resolves when the round in progress is over. */
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
