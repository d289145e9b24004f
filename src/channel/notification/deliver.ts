/** Delivers notifications through their recipients' channels. */
import { z } from 'zod';
import { carry, defineSending, sender, type Sender, type OutboxDeps } from '../outbox/index.js';
import { messageOf } from './message.js';
import { channelWithSecret } from './store/channel-store.js';
import { findNotification } from './store/notification-store.js';

export const notice = defineSending(
  'notification.deliver',
  z.object({ notification: z.int(), channel: z.int() }),
  { title: '发出通知', to: '致 ' },
);

export const noticeSender = (deps: OutboxDeps): Sender =>
  sender(deps, {
    kind: notice,
    prepare: async ({ id, about: { notification, channel } }) => {
      const [what, way] = await deps.database.transaction(async (transaction) => [
        await findNotification(transaction, notification),
        await channelWithSecret(transaction, deps.vault, channel),
      ]);
      if (!what || !way || way.endedAt) return { dropped: '渠道已经停用' };
      const message = messageOf(what);
      // A mail server's bounce names the mail by this number.
      const numbered = way.kind === 'email' ? { ...message, id: `ntf_${id}` } : message;
      return { carry: (signal) => carry(deps, way, numbered, signal) };
    },
  });
