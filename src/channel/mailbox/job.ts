/** Reads the mailbox every minute. One program reads at a time; another takes over when it dies. */
import { z } from 'zod';
import { addJobs, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Log } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { readMailbox, type ReadingDeps } from './read-mailbox.js';
import type { MailboxSettings } from './settings.js';

const pause = 60_000;

const kind = defineJob('channel.read-mailbox', z.strictObject({}), {
  title: '读市长信箱',
  subject: () => '新到的邮件',
  attempts: 25,
});

type MailboxDeps = ReadingDeps & { readonly log: Log; readonly mailbox: MailboxSettings | undefined };

export function mailboxJob(deps: MailboxDeps): Job {
  return handled(kind, async (_payload, { signal }) => {
    const { mailbox, database, clock, log } = deps;
    if (!mailbox) return;
    const failure = await readMailbox(deps, mailbox, signal);
    if (failure !== undefined) log.warn(`读不了市长信箱：${failure}`);
    await database.transaction((transaction) => {
      add(transaction, new Date(clock.now().getTime() + pause));
      return Promise.resolve();
    });
  });
}

/** Call at program start. */
export async function scheduleMailbox({
  mailbox,
  database,
  clock,
}: Pick<MailboxDeps, 'mailbox' | 'database' | 'clock'>): Promise<void> {
  if (!mailbox) return;
  await database.transaction((transaction) => {
    add(transaction, clock.now());
    return Promise.resolve();
  });
}

/** At most one run is queued. */
const add = (transaction: Transaction, runAt: Date): void =>
  addJobs(transaction, kind, [{ payload: {}, key: kind.name, runAt }]);
