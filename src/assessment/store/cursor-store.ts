/** How far the tree of the trail has been followed. */
import {
  holdCursor as holdCursorOf,
  isUnsettled as isUnsettledOf,
  takeCursor as cursorOf,
  type Cursor,
} from '../../accountability/index.js';
import { assessmentStream } from '../stream.js';
import type { Transaction } from '../../persistence/index.js';

const table = 'assessment_cursor';

/** Holds it until the transaction ends; undefined where another program has it. */
export const takeCursor = (transaction: Transaction): Promise<Cursor | undefined> =>
  cursorOf(transaction, table);

/** Waits for whoever follows, so that facts and sums can be changed. */
export const holdCursor = (transaction: Transaction): Promise<void> => holdCursorOf(transaction, table);

/**
 * Whether an entry of before `instant`, or a decision on what is counted, still waits for its place: what it counts for
 * is not known yet.
 */
export const isUnsettled = (transaction: Transaction, instant: Date): Promise<boolean> =>
  isUnsettledOf(transaction, instant, assessmentStream);

/** How many entries have been followed. */
export async function placeOfCursor(transaction: Transaction): Promise<number> {
  const [row] = await transaction.query<{ place: number }>('SELECT place FROM assessment_cursor');
  return row?.place ?? 0;
}
