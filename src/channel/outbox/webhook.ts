/**
 * Posts a message signed by Standard Webhooks 1.0. It does not follow redirects, because the
 * signature is for one address.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { assertPublicHost, publicLookup } from './address-guard.js';
import { failureInWords } from './failure.js';
import type { Message, Way } from './message.js';
import type { Receipt } from './kind.js';

export interface WebhookTerms {
  /** Timestamp in the signature, which prevents replay. */
  readonly now: Date;
  /** True permits internal addresses. */
  readonly privateAddresses: boolean;
  readonly signal: AbortSignal;
}

type SignedMessage = Pick<Message, 'id' | 'event'>;

export const secretPrefix = 'whsec_';

export const newSecret = (): string => `${secretPrefix}${randomBytes(32).toString('base64')}`;

/** @throws {Error} in Chinese, unless the answer is 2xx */
export async function postWebhook(
  channel: Pick<Way, 'address' | 'secrets'>,
  message: SignedMessage,
  { now, privateAddresses, signal }: WebhookTerms,
): Promise<Receipt> {
  const url = new URL(channel.address);
  const timestamp = Math.floor(now.getTime() / 1000);
  const status = await new Promise<number>((resolve, reject) => {
    if (!privateAddresses) assertPublicHost(url);
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      signal,
      agent: false,
      ...(privateAddresses ? {} : { lookup: publicLookup }),
      headers: {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'content-length': Buffer.byteLength(message.event),
        'user-agent': 'hotline-12345',
        'webhook-id': message.id,
        'webhook-timestamp': timestamp,
        'webhook-signature': channel.secrets
          .map((secret) => signatureOf(secret, message.id, timestamp, message.event))
          .join(' '),
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      // The response body is not needed and may be long.
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.end(message.event);
  }).catch((error: unknown) => {
    throw failureInWords(error);
  });
  if (status >= 300 && status < 400) throw new Error(`对方答复 HTTP ${status}，要求转到别的地址；不跟随`);
  if (status < 200 || status > 299) throw new Error(`对方答复 HTTP ${status}`);
  return { words: `HTTP ${status}` };
}

export function signatureOf(
  secret: string,
  id: string,
  timestamp: string | number,
  body: string | Buffer,
): string {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}
