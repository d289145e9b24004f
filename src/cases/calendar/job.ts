/** Job that recomputes deadlines after a notice was loaded. */
import { z } from 'zod';
import { defineJob, handled, type Job } from '../../platform/jobs/index.js';
import { recomputeDeadlines, type RecomputeDeps } from './recompute.js';

/** Twelve attempts span a night; each continues where the last one ended. */
export const recomputationJob = defineJob(
  'calendar.recompute',
  z.strictObject({ notice: z.int().positive() }),
  { title: '重算期限', subject: ({ notice }) => `第 ${notice} 号放假通知`, attempts: 12 },
);

export function recomputationWorker(deps: RecomputeDeps): Job {
  return handled(recomputationJob, async ({ notice }, { signal }) => {
    const found = await recomputeDeadlines(deps, notice, { signal });
    if (found && !found.finishedAt) throw new Error('程序停止，重算没有做完；由别的程序或下次启动接着做');
  });
}
