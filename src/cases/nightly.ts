/** Jobs that run every night, or more often. */
import { z } from 'zod';
import { databaseMadeAt } from '../accountability/index.js';
import { civilDateOf, dayNumberOf, endOfDay } from '../kernel/civil-date.js';
import type { Transaction } from '../platform/database/index.js';
import { addJobs, defineJob, handled, type Job } from '../platform/jobs/index.js';
import type { Using } from './parts.js';

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

type Scheduling = Using<'clock' | 'database'>;

/** A job that runs every midnight. */
export const nightly = (name: string, title: string, subject = '全库') =>
  repeated(name, { title, subject, next: tonight });

/** A job that queues its next run. At most one is queued. */
export function repeated(
  name: string,
  { title, subject, next }: { title: string; subject: string; next: (now: Date) => Date },
) {
  const kind = defineJob(name, z.strictObject({}), { title, subject: () => subject, attempts: 8 });
  const add = (transaction: Transaction, runAt: Date): void =>
    addJobs(transaction, kind, [{ payload: {}, key: kind.name, runAt }]);
  return {
    kind,
    /** @param run the work of one run */
    job: ({ clock, database }: Scheduling, run: () => Promise<unknown>): Job =>
      handled(kind, async () => {
        await run();
        await database.transaction(async (transaction) => add(transaction, next(clock.now())));
      }),
    /** Call at program start. @param first when it first runs, by default when the next one is due */
    schedule: (
      { clock, database }: Scheduling,
      first: (transaction: Transaction, now: Date) => Promise<Date> | Date = (_transaction, now) => next(now),
    ): Promise<void> =>
      database.transaction(async (transaction) => add(transaction, await first(transaction, clock.now()))),
  };
}
