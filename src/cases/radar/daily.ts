/** Nightly job: the radar examines the last months. */
import type { Job } from '../../platform/jobs/index.js';
import { lastLook, runRadar, type RadarDeps } from '../../measures/radar/index.js';
import { nextRun, nightly } from '../nightly.js';
import type { Using } from '../parts.js';

const { job, schedule } = nightly('radar.daily', '查看线索');

export const dailyRadar = (deps: RadarDeps): Job => job(deps, () => runRadar(deps, '系统（每日）'));

/** Call at program start. */
export const scheduleRadar = (deps: Using<'clock' | 'database'>): Promise<void> =>
  schedule(deps, async (transaction, now) => nextRun(transaction, now, (await lastLook(transaction))?.at));
