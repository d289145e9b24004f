/**
 * Gives every committed entry its place in one tree over all streams, beside the business transactions and never in
 * them. A round is one transaction: killed at any point, it has either happened or not.
 */
import { repeat, type Repeating } from '../../kernel/index.js';
import type { Database } from '../../persistence/index.js';
import {
  isRestored,
  leavesFrom,
  lockLog,
  logState,
  placeFresh,
  saveLogState,
  saveTiles,
  tileReader,
  withoutLimits,
} from '../store/log-store.js';
import { openTiles } from './growing-tiles.js';

/**
 * One round: all entries that are settled by now. One program at a time, whichever gets the lock.
 *
 * @returns how many entries got their place; 0 also where another program is at it
 */
export function sequence(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    if (!(await lockLog(transaction))) return 0;
    const state = await logState(transaction);
    await withoutLimits(transaction);
    const { count, leaves: first } = await placeFresh(transaction, state);
    const size = state.size + count;
    const tiles = await openTiles(state.size, tileReader(transaction));
    const grow = (leaves: readonly Buffer[]): void => {
      if (leaves.length === 0) return;
      for (const leaf of leaves) tiles.add(leaf);
      saveTiles(transaction, tiles.takeChanged());
    };
    grow(first);
    for await (const leaves of leavesFrom(transaction, state.size + first.length, size)) grow(leaves);
    if (size > state.size || isRestored(state)) await saveLogState(transaction, size, state.settled);
    return size - state.size;
  });
}

export interface Sequencer {
  /** Runs until stopped; resolves when the round in progress is over. */
  run(signal: AbortSignal): Promise<void>;
}

export function createSequencer(
  deps: Repeating & {
    readonly database: Database;
    /** What follows a round, for example a signed checkpoint. */
    readonly after?: () => Promise<void>;
  },
): Sequencer {
  return {
    run: (signal) =>
      repeat(deps, pause, signal, async () => {
        await sequence(deps.database);
        await deps.after?.();
      }),
  };
}

/** Milliseconds between two rounds. */
const pause = 1000;
