/** Nightly erasure of expired data. */
import { z } from 'zod';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { nextRun, tonight } from '../nightly.js';
import { lastRun } from './read.js';
import { runRetention, type RetentionDeps } from './run.js';

const kind = defineJob('retention.daily', z.strictObject({}), {
  title: '按保存期限清除数据',
  subject: () => '全库',
  attempts: 8,
});

export function dailyRetention(deps: RetentionDeps): Job {
  return handled(kind, async () => {
    await runRetention(deps, '系统(每日)');
    await deps.database.transaction(async (transaction) => add(transaction, tonight(deps.clock.now())));
  });
}

/** Call at program start. */
export async function scheduleRetention({
  database,
  clock,
}: Pick<RetentionDeps, 'database' | 'clock'>): Promise<void> {
  await database.transaction(async (transaction) => {
    const last = await lastRun(transaction);
    add(transaction, await nextRun(transaction, clock.now(), last?.at));
  });
}

/** At most one run is queued. */
const add = (transaction: Transaction, runAt: Date): void =>
  addJobs(transaction, kind, [{ payload: {}, key: kind.name, runAt }]);
