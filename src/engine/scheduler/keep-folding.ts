import { repeat, type Repeating } from '../../kernel/index.js';
import type { Database } from '../../persistence/index.js';
import { foldTally } from '../store/tally.js';

/** Folds what the steps have counted, once a minute until `signal` aborts: whoever asks adds up few rows. */
export const keepFolding = (
  deps: Repeating & { readonly database: Database },
  signal: AbortSignal,
): Promise<void> => repeat(deps, 60_000, signal, () => foldTally(deps.database));
