/** Systems, tokens and subscriptions in words. */
import type { Output } from '../../api/client.js';

export type SystemList = Output<'listSystems'>;
export type ClientSystem = SystemList['items'][number];
export type Token = ClientSystem['tokens'][number];
type SubscriptionList = Output<'listSubscriptions'>;
export type Subscription = SubscriptionList['items'][number];
export type EventTypeChoice = SubscriptionList['types'][number];

/** A secret shown once. */
export interface Secret {
  readonly title: string;
  readonly about: string;
  readonly secret: string;
}

const soon = 14 * 86_400_000;

export const stateWords = {
  good: '● 可用',
  replaced: '◐ 已换新，到期前仍可用',
  expired: '○ 已到期',
  revoked: '✕ 已吊销',
} as const;

/** True while the token is valid. */
export const isGood = ({ state }: Token): boolean => state === 'good' || state === 'replaced';

export const endsSoon = (token: Token, present: number): boolean =>
  token.state === 'good' && Date.parse(token.expiresAt) - present < soon;

export function tokensText({ tokens }: ClientSystem, present: number): string {
  const good = tokens.filter(isGood);
  if (good.length === 0) return '没有可用的';
  return good.some((token) => endsSoon(token, present))
    ? `${good.length} 个可用，！快到期`
    : `${good.length} 个可用`;
}

export const lastUseOf = ({ tokens }: ClientSystem): string | undefined =>
  tokens
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .toSorted()
    .at(-1);
