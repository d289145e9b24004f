/** Position of the follower in the tree. */
import {
  lockCursor as holdCursorOf,
  isUnsettled as isUnsettledOf,
  tryLockCursor as cursorOf,
  type Cursor,
} from '../../../accountability/index.js';
import { assessmentStream } from '../stream.js';
import type { Transaction } from '../../../platform/database/index.js';

const table = 'assessment_cursor';

/** Locks it until the transaction ends; undefined if another program holds it. */
export const tryLockCursor = (transaction: Transaction): Promise<Cursor | undefined> =>
  cursorOf(transaction, table);

/** Locks the cursor and waits for the follower, so that facts and sums can be changed. */
export const lockCursor = (transaction: Transaction): Promise<void> => holdCursorOf(transaction, table);

/**
 * Whether an entry before `instant`, or a decision on exclusions, is not in the tree yet, so that
 * its effect is unknown.
 */
export const isUnsettled = (transaction: Transaction, instant: Date): Promise<boolean> =>
  isUnsettledOf(transaction, instant, assessmentStream);

/** Number of entries followed. */
export async function placeOfCursor(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ place: number }>('SELECT place FROM assessment_cursor');
  return row?.place ?? 0;
}
