/** Puts notices into inboxes and queues delivery through the recipients' channels. */
import { addJobs } from '../../platform/jobs/index.js';
import { In, IsNull, type Transaction } from '../../platform/database/index.js';
import { deliverJob } from './deliver.js';
import { channelEntity } from './store/channel-store.js';
import { addNotifications } from './store/notification-store.js';
import type { Notice } from './notices.js';

/** Idempotent. */
export async function addToInboxes(
  transaction: Transaction,
  notices: readonly Notice[],
  now: Date,
): Promise<void> {
  if (notices.length === 0) return;
  const added = await addNotifications(transaction, notices, now);
  const recipients = [...new Set(added.map(({ recipient }) => recipient))];
  const channels = await transaction
    .repository(channelEntity)
    .findBy({ recipient: In(recipients), endedAt: IsNull() });
  addJobs(
    transaction,
    deliverJob,
    added.flatMap(({ id, recipient, title }) =>
      channels
        .filter((channel) => channel.recipient === recipient)
        .map((channel) => ({
          payload: { notification: id, channel: channel.id, recipient, title },
          key: `${deliverJob.name} ${id} ${channel.id}`,
        })),
    ),
  );
}
