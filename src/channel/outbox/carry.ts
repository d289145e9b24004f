/** By mail or to a webhook, once. */
import type { Clock } from '../../kernel/index.js';
import { sendEmail } from './mail.js';
import type { Message } from './message.js';
import { longestWait, type Receipt } from './kind.js';
import type { OutgoingSettings } from './settings.js';
import { postWebhook } from './webhook.js';

export interface CarryDeps {
  readonly clock: Clock;
  readonly outgoing: OutgoingSettings;
}

interface Way {
  readonly kind: 'email' | 'webhook';
  readonly address: string;
  /** Of a webhook; all sign: during a change the receiver may know either. */
  readonly secrets: readonly string[];
}

/** @throws {Error} in Chinese, unless delivered */
export async function carry(
  { clock, outgoing }: CarryDeps,
  { kind, address, secrets }: Way,
  message: Message,
  signal: AbortSignal = AbortSignal.timeout(longestWait),
): Promise<Receipt> {
  if (kind === 'email') return sendEmail(outgoing, address, message, longestWait);
  const { privateAddresses } = outgoing;
  return postWebhook({ address, secrets }, message, { now: clock.now(), privateAddresses, signal });
}

/** The same, to see whether it arrives. @returns the failure in Chinese, or undefined */
export const tryOnce = (...given: Parameters<typeof carry>): Promise<string | undefined> =>
  carry(...given).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
