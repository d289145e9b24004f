/**
 * Follows the tree of the trail and keeps with it what somebody computes of its streams. One program at a time,
 * whichever gets the cursor; a round is one transaction, and doing it again changes nothing.
 */
import { repeat, type Repeating } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import { moveCursor, streamsFrom, takeCursor, type CursorTable } from '../store/follow-store.js';

/**
 * One round.
 *
 * @param renew brings what is kept of the streams to what their entries before the place `size` say
 * @param mostEntries of the round; 2,000 are some hundred sheets
 * @returns how many entries were followed; 0 also where another program is at it
 */
export function followTree(
  database: Database,
  cursorTable: CursorTable,
  renew: (transaction: Transaction, streams: readonly string[], size: number) => Promise<void>,
  mostEntries = 2000,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const cursor = await takeCursor(transaction, cursorTable);
    if (!cursor || cursor.place >= cursor.size) return 0;
    const { streams, next } = await streamsFrom(transaction, cursor.place, mostEntries);
    await renew(transaction, streams, next);
    await moveCursor(transaction, cursorTable, next);
    return next - cursor.place;
  });
}

export interface Follower {
  /** Runs until stopped; resolves when the round in progress is over. */
  run(signal: AbortSignal): Promise<void>;
}

export function createFollower(
  deps: Repeating & {
    /** One round. */
    readonly follow: () => Promise<number>;
    /** What follows once there is nothing left to follow, for example closing a month. */
    readonly after?: () => Promise<void>;
  },
): Follower {
  return {
    run: (signal) =>
      repeat(deps, pause, signal, async () => {
        while (!signal.aborted && (await deps.follow()) > 0);
        await deps.after?.();
      }),
  };
}

/** Milliseconds between two rounds. */
const pause = 1000;
