/** Nightly job: the radar examines the last months. */
import { z } from 'zod';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { lastLook, runRadar, type RadarDeps } from '../../measures/radar/index.js';
import { nextRun, tonight } from '../nightly.js';

const kind = defineJob('radar.daily', z.strictObject({}), {
  title: '查看线索',
  subject: () => '全库',
  attempts: 8,
});

export function dailyRadar(deps: RadarDeps): Job {
  return handled(kind, async () => {
    await runRadar(deps, '系统(每日)');
    await deps.database.transaction(async (transaction) => add(transaction, tonight(deps.clock.now())));
  });
}

/** Call at program start. */
export async function scheduleRadar({
  database,
  clock,
}: Pick<RadarDeps, 'database' | 'clock'>): Promise<void> {
  await database.transaction(async (transaction) => {
    const last = await lastLook(transaction);
    add(transaction, await nextRun(transaction, clock.now(), last?.at));
  });
}

/** At most one run is queued. */
const add = (transaction: Transaction, runAt: Date): void =>
  addJobs(transaction, kind, [{ payload: {}, key: kind.name, runAt }]);
