/**
 * Follows the tree of the trail and keeps the facts with it. One program at a time, whichever gets the cursor; a round
 * is one transaction, and doing it again changes nothing.
 */
import type { Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import { moveCursor, streamsFrom, takeCursor } from './store/cursor-store.js';
import { renewFacts, sheetStreams } from './store/fact-store.js';

/** Entries a round: some hundred sheets. */
const mostEntries = 2000;

/** @returns how many entries were followed; 0 also where another program is at it */
export function followTrail(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    const cursor = await takeCursor(transaction);
    if (!cursor || cursor.place >= cursor.size) return 0;
    const { streams, next } = await streamsFrom(transaction, cursor.place, mostEntries);
    const sheets = await sheetStreams(transaction, streams);
    if (sheets.length > 0) await renewFacts(transaction, sheets, next);
    await moveCursor(transaction, next);
    return next - cursor.place;
  });
}

export interface FactKeeper {
  /** Runs until stopped; resolves when the round in progress is over. */
  run(signal: AbortSignal): Promise<void>;
}

export function createFactKeeper(deps: {
  readonly database: Database;
  readonly clock: Clock;
  /** Told of a round that failed (the database gone, say); the loop goes on. */
  readonly onError: (error: unknown) => void;
  /** What follows once there is nothing left to follow, for example closing a month. */
  readonly after?: () => Promise<void>;
}): FactKeeper {
  return {
    run: async (signal) => {
      while (!signal.aborted) {
        try {
          while (!signal.aborted && (await followTrail(deps.database)) > 0);
          await deps.after?.();
        } catch (error) {
          deps.onError(error);
        }
        await deps.clock.sleep(pause, signal);
      }
    },
  };
}

/** Milliseconds between two rounds. */
const pause = 1000;
