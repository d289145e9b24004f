/** Delivers a message once, by mail or to a webhook. */
import { sendEmail } from './mail.js';
import type { Message, Way } from './message.js';
import { longestWait, type Receipt } from './kind.js';
import type { OutboxDeps } from './sender.js';
import { postWebhook } from './webhook.js';

/** @throws {Error} in Chinese, unless delivered */
export async function carry(
  { clock, outgoing, vault }: Pick<OutboxDeps, 'clock' | 'outgoing' | 'vault'>,
  way: Way,
  message: Message,
  signal: AbortSignal = AbortSignal.timeout(longestWait),
): Promise<Receipt> {
  if (way.kind === 'email') return sendEmail({ outgoing, vault }, way.address, message, longestWait);
  const { privateAddresses } = outgoing;
  return postWebhook(way, message, { now: clock.now(), privateAddresses, signal });
}

/** Like `carry`, as a test. @returns the failure in Chinese, or undefined */
export const tryOnce = (...given: Parameters<typeof carry>): Promise<string | undefined> =>
  carry(...given).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
