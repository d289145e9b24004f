/** Whether a subscriber hears anything: the last arrival, since when nothing arrives, and the end of patience. */
import type { Clock } from '../kernel/index.js';
import type { Database, Transaction } from '../persistence/index.js';
import {
  closeSubscription,
  findSubscription,
  noteArrival,
  noteFailure,
  type Subscription,
} from './store/subscription-store.js';

/** Who closes what has failed for so long, as the trail names it. */
const actor = '系统';

/** An address that has answered nothing for a week is nobody's any more. */
export const patienceDays = 7;

export interface SubscriptionHealth {
  arrived(id: number): Promise<void>;
  /** Closes it where nothing has arrived for too long: what waits for another try is dropped. */
  failed(id: number, failure: string): Promise<void>;
}

export function createSubscriptionHealth({
  database,
  clock,
  write,
}: {
  readonly database: Database;
  readonly clock: Clock;
  readonly write: (transaction: Transaction, type: string, one: Subscription, by: string) => Promise<void>;
}): SubscriptionHealth {
  return {
    arrived: (id) => database.transaction((transaction) => noteArrival(transaction, id, clock.now())),
    failed: (id, failure) =>
      database.transaction(async (transaction) => {
        const at = clock.now();
        const one = await findSubscription(transaction, id);
        if (!one) return;
        await noteFailure(transaction, id, { at, failure: failure.slice(0, 300) });
        const { failingSince } = one;
        if (!failingSince || at.getTime() - failingSince.getTime() < patienceDays * 86_400_000) return;
        await closeSubscription(transaction, id, { at, actor });
        await write(transaction, 'subscription.given-up', one, actor);
      }),
  };
}
