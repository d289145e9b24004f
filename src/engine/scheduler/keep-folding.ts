import type { Clock } from '../../kernel/index.js';
import type { Database } from '../../persistence/index.js';
import { foldTally } from '../store/tally.js';

/** Folds what the steps have counted, once a minute until `signal` aborts: whoever asks adds up few rows. */
export async function keepFolding(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly onError: (error: unknown) => void;
  },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await foldTally(deps.database).catch(deps.onError);
    await deps.clock.sleep(60_000, signal);
  }
}
