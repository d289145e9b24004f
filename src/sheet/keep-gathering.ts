import { repeat, type Repeating } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import { gatherPartySheets } from './store/party-sheets.js';

/**
 * Two of UTC's days end at eight in the morning in China: so long afterwards it is four at night. A sheet that goes to
 * another unit later costs its step more.
 */
const settled = 20 * 3_600_000;

/** Keeps the index of each unit's own sheets, looking once a minute whether there are more, until `signal` aborts. */
export const keepGathering = (
  deps: Repeating & { readonly database: Database },
  signal: AbortSignal,
): Promise<void> =>
  repeat(deps, 60_000, signal, () =>
    gatherPartySheets(deps.database, new Date(deps.clock.now().getTime() - settled), signal),
  );
