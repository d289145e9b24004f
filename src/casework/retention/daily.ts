/** Nightly erasure of expired data. */
import { z } from 'zod';
import { civilDateOf, dayNumberOf, endOfDay } from '../../calendar/index.js';
import { addJobs, defineJob, handled, type Job } from '../../jobs/index.js';
import type { Transaction } from '../../persistence/index.js';
import { lastRun } from './read.js';
import { runRetention, type RetentionDeps } from './run.js';

const kind = defineJob('retention.daily', z.strictObject({}), {
  title: '按保存期限清除数据',
  subject: () => '全库',
  attempts: 8,
});

const day = 24 * 3_600_000;

export function dailyRetention(deps: RetentionDeps): Job {
  return handled(kind, async () => {
    await runRetention(deps, '系统(每日)');
    await deps.database.transaction(async (transaction) => add(transaction, tonight(deps.clock.now())));
  });
}

/** At program start: now if the last run is a day old, else at the next midnight. */
export async function scheduleRetention({
  database,
  clock,
}: Pick<RetentionDeps, 'database' | 'clock'>): Promise<void> {
  await database.transaction(async (transaction) => {
    const last = await lastRun(transaction);
    const now = clock.now();
    add(transaction, !last || now.getTime() - last.at.getTime() >= day ? now : tonight(now));
  });
}

/** At most one is queued. */
const add = (transaction: Transaction, runAt: Date): void =>
  addJobs(transaction, kind, [{ payload: {}, key: kind.name, runAt }]);

const tonight = (now: Date): Date => endOfDay(dayNumberOf(civilDateOf(now)));
