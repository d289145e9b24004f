/** Verifies that a message comes from its source: by a signature of Standard Webhooks or, weaker, by a token. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../kernel/index.js';
import { newSecret, signatureOf } from './outbox/index.js';

export type Proof = 'signature' | 'token' | 'api-key';
/** A mailbox proves nothing, because it does not send: the program reads it. */
export type ProofOrNone = Proof | 'mailbox';

/** Headers of a message that serve as proof. */
export interface Shown {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly token: string | undefined;
}

/**
 * Seconds of tolerated clock difference between source and program; a recorded message can be
 * replayed within this time.
 */
const window = 300;

/** Secrets of signing sources have the form that Standard Webhooks libraries expect. */
export const newSourceSecret = (proof: ProofOrNone): string =>
  proof === 'signature' ? newSecret() : randomBytes(32).toString('base64url');

/** @throws {Refusal} `source.not-verified` */
export function assertFrom(
  { proof, secret }: { readonly proof: ProofOrNone; readonly secret: string },
  shown: Shown,
  body: Buffer,
  now: Date,
): void {
  if (proof === 'mailbox') throw notVerified('这个来源是邮箱，由程序读取', '地址');
  if (proof === 'api-key') throw notVerified('这个来源照 Open311 提交', '地址');
  if (proof === 'token') {
    if (!same(secret, shown.token ?? '')) throw notVerified('口令不对', 'X-Channel-Token');
    return;
  }
  const { id = '', timestamp = '', signature = '' } = shown;
  if (id === '' || signature === '' || !/^\d{1,12}$/.test(timestamp)) {
    throw notVerified('没有签名', 'webhook-id、webhook-timestamp、webhook-signature');
  }
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > window) {
    throw notVerified(`签名的时刻与本系统相差超过 ${window} 秒`, 'webhook-timestamp');
  }
  const signed = signatureOf(secret, id, timestamp, body);
  if (!signature.split(' ').some((one) => same(signed, one))) {
    throw notVerified('签名不对', 'webhook-signature');
  }
}

export const notVerified = (detail: string, where: string): Refusal =>
  new Refusal('source.not-verified', detail, {
    where,
    remedy: '核对地址、密钥和时钟；签名照 Standard Webhooks，见 docs/integration.md',
  });

/** Compares in constant time, whatever the lengths. */
export function same(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
