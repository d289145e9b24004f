/** Delivery state of a subscription: last delivery, failing since, automatic closing. */
import type { EntryType } from '../../accountability/index.js';
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { addToInboxes } from './inboxes.js';
import type { Notice } from './notices.js';
import {
  findSubscription,
  noteArrival,
  subscriptionEntity,
  subscriptionOf,
  type Subscription,
} from './store/subscription-store.js';

/** Actor of automatic closing. */
const actor = '系统';

/** Days of continuous failure before a subscription is closed. */
export const failureDays = 7;

/**
 * @param failure undefined if the event arrived. After too many days of failure the subscription is
 * closed and its pending events are dropped
 */
export type NoteDelivery = (transaction: Transaction, id: number, failure?: string) => Promise<void>;

export const createSubscriptionHealth =
  ({
    clock,
    write,
  }: {
    readonly clock: Clock;
    /** Returns the number of the entry in the trail `notifications`. */
    readonly write: (tx: Transaction, type: EntryType, one: Subscription, by: string) => Promise<number>;
  }): NoteDelivery =>
  async (transaction, id, failure) => {
    const at = clock.now();
    if (failure === undefined) return noteArrival(transaction, id, at);
    const row = await findSubscription(transaction, id, 'lock');
    if (!row) return;
    const { failingSince } = row;
    const subscriptions = transaction.repository(subscriptionEntity);
    await subscriptions.update(id, { failingSince: failingSince ?? at, failure: failure.slice(0, 300) });
    if (!failingSince || at.getTime() - failingSince.getTime() < failureDays * 86_400_000) return;
    await subscriptions.update(id, { closedAt: at, closedBy: actor });
    const one = subscriptionOf(row);
    const seq = await write(transaction, 'subscription.given-up', one, actor);
    await addToInboxes(transaction, [{ ...givenUpNotice(one), seq, at }], at);
  };

/** Notifies the security administrator. It names only the host of the address, because the rest may be a token. */
const givenUpNotice = ({ systemName, address }: Subscription): Omit<Notice, 'seq' | 'at'> => ({
  stream: 'notifications',
  element: 'subscription.given-up',
  recipient: 'role:security-admin',
  level: null,
  title: `事件订阅自动停用：${systemName}`,
  text: `发往 ${new URL(address).host} 的事件满 ${failureDays} 天没有一个送到，订阅已经停用。请与对方核对网址，在“其他系统”里重新订阅；其间的事件对方可以补取（/api/sheet-events）。`,
  article: null,
});
