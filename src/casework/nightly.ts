/** When jobs of the night run. */
import { databaseMadeAt } from '../accountability/index.js';
import { civilDateOf, dayNumberOf, endOfDay } from '../calendar/index.js';
import type { Transaction } from '../persistence/index.js';

const day = 24 * 3_600_000;

export const tonight = (now: Date): Date => endOfDay(dayNumberOf(civilDateOf(now)));

/**
 * The first run after a program's start: now if the last one is a day old or, where there was none, the database is; else
 * at the next midnight. A new database holds nothing yet that a run could find.
 */
export async function nextRun(transaction: Transaction, now: Date, last: Date | undefined): Promise<Date> {
  const since = last ?? (await databaseMadeAt(transaction));
  return now.getTime() - since.getTime() >= day ? now : tonight(now);
}
