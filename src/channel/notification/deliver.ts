/** Delivers one notification through one channel, with retries. */
import { z } from 'zod';
import { defineJob, handled, type Job } from '../../platform/jobs/index.js';
import type { Clock, Vault } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import { sendEmail } from './email.js';
import { messageOf, type Message } from './message.js';
import type { OutgoingSettings } from './settings.js';
import { channelWithSecret, type Channel } from './store/channel-store.js';
import { findNotification } from './store/notification-store.js';
import { postWebhook } from './webhook.js';

/** Twelve attempts take over sixteen hours: enough for a receiver that is down overnight. */
export const deliverJob = defineJob(
  'notification.deliver',
  z.object({ notification: z.int(), channel: z.int(), recipient: z.string(), title: z.string() }),
  { title: '发出通知', attempts: 12, subject: ({ recipient, title }) => `致 ${recipient}:${title}` },
);

export interface DeliverDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly outgoing: OutgoingSettings;
  readonly vault: Vault;
}

/** Timeout in milliseconds. */
export const longestWait = 10_000;

export function deliveringJob({ database, clock, outgoing, vault }: DeliverDeps): Job {
  return handled(deliverJob, async ({ notification, channel }, { signal }) => {
    const [what, way] = await database.transaction(async (transaction) => [
      await findNotification(transaction, notification),
      await channelWithSecret(transaction, vault, channel),
    ]);
    // The channel was ended meanwhile.
    if (!what || !way || way.endedAt) return;
    await sendThrough({ clock, outgoing }, way, messageOf(what), signal);
  });
}

/** @throws {Error} in Chinese, unless delivered */
export async function sendThrough(
  { clock, outgoing }: Pick<DeliverDeps, 'clock' | 'outgoing'>,
  way: Pick<Channel, 'kind' | 'address'> & { readonly secret: string | null },
  message: Message,
  signal?: AbortSignal,
): Promise<void> {
  if (way.kind === 'email') return sendEmail(outgoing, way.address, message, longestWait);
  const patient = AbortSignal.timeout(longestWait);
  await postWebhook({ address: way.address, secrets: [way.secret ?? ''] }, message, {
    now: clock.now(),
    privateAddresses: outgoing.privateAddresses,
    signal: signal ? AbortSignal.any([signal, patient]) : patient,
  });
}
