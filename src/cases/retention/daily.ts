/** Nightly erasure of expired data. */
import type { Job } from '../../platform/jobs/index.js';
import { nextRun, nightly } from '../nightly.js';
import type { Using } from '../parts.js';
import { lastRun } from './read.js';
import { runRetention, type RetentionDeps } from './run.js';

const { job, schedule } = nightly('retention.daily', '按保存期限清除数据');

export const dailyRetention = (deps: RetentionDeps): Job =>
  job(deps, () => runRetention(deps, '系统（每日）'));

/** Call at program start. */
export const scheduleRetention = (deps: Using<'clock' | 'database'>): Promise<void> =>
  schedule(deps, async (transaction, now) => nextRun(transaction, now, (await lastRun(transaction))?.at));
