/**
 * Follows the tree of the trail and updates data derived from its streams. Only the program that
 * holds the cursor works; a round is one idempotent transaction.
 */
import { repeat, type Repeating } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { moveCursor, streamsFrom, tryLockCursor, type CursorTable } from '../store/follow-store.js';

/**
 * Runs one round.
 *
 * @param renew updates the streams' derived data from their entries before place `size`
 * @param mostEntries per round; 2,000 are some hundred sheets
 * @returns entries processed; 0 also if another program holds the cursor
 */
export function followTree(
  database: Database,
  cursorTable: CursorTable,
  renew: (transaction: Transaction, streams: readonly string[], size: number) => Promise<void>,
  mostEntries = 2000,
): Promise<number> {
  return database.transaction(async (transaction) => {
    const cursor = await tryLockCursor(transaction, cursorTable);
    if (!cursor || cursor.place >= cursor.size) return 0;
    const { streams, next } = await streamsFrom(transaction, cursor.place, mostEntries);
    await renew(transaction, streams, next);
    await moveCursor(transaction, cursorTable, next);
    return next - cursor.place;
  });
}

export interface Follower {
  /** Runs until stopped; resolves after the current round. */
  run(signal: AbortSignal): Promise<void>;
}

export function createFollower(
  deps: Repeating & {
    /** One round. */
    readonly follow: () => Promise<number>;
    /** Called when all entries have been processed, for example to close a month. */
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
