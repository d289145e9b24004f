import type { Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import { gatherPartySheets } from './store/party-sheets.js';

/** After so long a sheet seldom goes to another unit: that costs little before it is in the unit's index, and more afterwards. */
const settled = 8 * 86_400_000;

/** Keeps the index of each unit's older sheets, looking once a minute whether there are more, until `signal` aborts. */
export async function keepGathering(
  deps: {
    readonly database: Database;
    readonly clock: Clock;
    readonly onError: (error: unknown) => void;
  },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const before = new Date(deps.clock.now().getTime() - settled);
    await gatherPartySheets(deps.database, before, signal).catch(deps.onError);
    await deps.clock.sleep(60_000, signal);
  }
}
