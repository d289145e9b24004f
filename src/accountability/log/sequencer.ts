/**
 * Assigns every committed entry its place in one tree over all streams, outside the business transactions. A round is
 * one transaction, so it can be killed at any point.
 */
import { Refusal, repeat, type Repeating } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import {
  isRestored,
  leavesFrom,
  lockLog,
  logState,
  assignPlaces,
  saveLogState,
  saveTiles,
  tileReader,
  withoutLimits,
} from '../store/log-store.js';
import { openTiles } from './growing-tiles.js';

/**
 * Runs one round over all settled entries. Only the program that gets the lock works.
 *
 * @returns entries placed; 0 also if another program is at work
 */
export function sequence(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    if (!(await lockLog(transaction))) return 0;
    const state = await logState(transaction);
    await withoutLimits(transaction);
    const { count, leaves: first } = await assignPlaces(transaction, state).catch((error: unknown) => {
      throw (error as { constraint?: string }).constraint === 'trail_leaf_pkey' ? sizeTooSmall() : error;
    });
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

const sizeTooSmall = (): Refusal =>
  new Refusal('trail.broken', '全库的大小与各条的位置不符：被改小了，新的条目排不上号', {
    remedy: '请审计人员以 hotline trail verify 核验，照备份恢复 trail_log 的这一行',
  });

export interface Sequencer {
  /** Runs until stopped; resolves after the current round. */
  run(signal: AbortSignal): Promise<void>;
}

export function createSequencer(
  deps: Repeating & {
    readonly database: Database;
    /** Called after a round, for example to sign a checkpoint. */
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
