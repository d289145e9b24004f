/** Schedule of nightly jobs. */
import { databaseMadeAt } from '../accountability/index.js';
import { civilDateOf, dayNumberOf, endOfDay } from '../kernel/civil-date.js';
import type { Transaction } from '../platform/database/index.js';

const day = 24 * 3_600_000;

export const tonight = (now: Date): Date => endOfDay(dayNumberOf(civilDateOf(now)));

/**
 * When a nightly job first runs after a program start: at once if its last run (or else the
 * creation of the database) was a day ago, otherwise at the next midnight. A new database has
 * nothing to process.
 */
export async function nextRun(transaction: Transaction, now: Date, last: Date | undefined): Promise<Date> {
  const since = last ?? (await databaseMadeAt(transaction));
  return now.getTime() - since.getTime() >= day ? now : tonight(now);
}
