/** Puts notices into inboxes and queues delivery through the recipients' channels. */
import { In, IsNull, type Transaction } from '../../platform/database/index.js';
import { put } from '../outbox/index.js';
import { notice } from './deliver.js';
import { channelEntity } from './store/channel-store.js';
import { addNotifications } from './store/notification-store.js';
import type { Notice } from './notices.js';

/** Idempotent: notices that exist already are left unchanged. */
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
  await put(
    transaction,
    notice,
    added.flatMap(({ id, recipient, title }) =>
      channels
        .filter((channel) => channel.recipient === recipient)
        .map((channel) => ({
          ...{ key: `${id} ${channel.id}`, recipient, occasion: title },
          about: { notification: id, channel: channel.id },
        })),
    ),
    { at: now },
  );
}
