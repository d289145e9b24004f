/** Removes the files of erased attachments and, after a day, files that a killed program left behind. */
import { z } from 'zod';
import { dueLeftovers, forgetLeftovers } from '../../sheet/attachment/index.js';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { tonight } from '../nightly.js';
import type { Using } from '../parts.js';

type SweepDeps = Using<'attachments' | 'clock' | 'database'>;

const kind = defineJob('attachment.sweep', z.strictObject({}), {
  title: '清理附件的文件',
  subject: () => '没有工单的、已经删除的',
  attempts: 8,
});

const day = 86_400_000;
const atOnce = 500;

/** Call in the transaction of an erasure: the file is removed once it is committed. */
export const sweepSoon = (transaction: Transaction): void =>
  addJobs(transaction, kind, [{ payload: {}, key: `${kind.name} soon` }]);

/** Call at program start. */
export async function scheduleSweep({ database, clock }: Omit<SweepDeps, 'attachments'>): Promise<void> {
  await database.transaction((transaction) => {
    add(transaction, clock);
    return Promise.resolve();
  });
}

const add = (transaction: Transaction, clock: Clock): void =>
  addJobs(transaction, kind, [{ payload: {}, key: kind.name, runAt: tonight(clock.now()) }]);

export function sweepingJob(deps: SweepDeps): Job {
  return handled(kind, async () => {
    await sweepAttachments(deps);
    await scheduleSweep(deps);
  });
}

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
