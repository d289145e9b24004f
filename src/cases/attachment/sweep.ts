/** Removes the files of erased attachments and, after a day, files that a killed program left behind. */
import { dueLeftovers, forgetLeftovers } from '../../sheet/attachment/index.js';
import { addJobs, type Job } from '../../platform/jobs/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { nightly } from '../nightly.js';
import type { Using } from '../parts.js';

type SweepDeps = Using<'attachments' | 'clock' | 'database'>;

const { kind, job, schedule } = nightly('attachment.sweep', '清理附件的文件', '没有工单的、已经删除的');

const day = 86_400_000;
const atOnce = 500;

/** Call in the transaction of an erasure: the file is removed once it is committed. */
export const sweepSoon = (transaction: Transaction): void =>
  addJobs(transaction, kind, [{ payload: {}, key: `${kind.name} soon` }]);

/** Call at program start. */
export const scheduleSweep = (deps: Omit<SweepDeps, 'attachments'>): Promise<void> => schedule(deps);

export const sweepingJob = (deps: SweepDeps): Job => job(deps, () => sweepAttachments(deps));

export async function sweepAttachments({ attachments, clock, database }: SweepDeps): Promise<void> {
  const now = clock.now();
  await attachments.sweep(new Date(now.getTime() - day));
  for (;;) {
    const ids = await database.transaction((transaction) => dueLeftovers(transaction, now, atOnce));
    for (const id of ids) await attachments.drop(id);
    await database.transaction((transaction) => forgetLeftovers(transaction, ids));
    if (ids.length < atOnce) return;
  }
}
