import { repeat, type Repeating } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import { gatherPartySheets } from './store/party-sheets.js';

/** After so long a sheet seldom goes to another unit: that costs little before it is in the unit's index, and more afterwards. */
const settled = 8 * 86_400_000;

/** Keeps the index of each unit's older sheets, looking once a minute whether there are more, until `signal` aborts. */
export const keepGathering = (
  deps: Repeating & { readonly database: Database },
  signal: AbortSignal,
): Promise<void> =>
  repeat(deps, 60_000, signal, () =>
    gatherPartySheets(deps.database, new Date(deps.clock.now().getTime() - settled), signal),
  );
