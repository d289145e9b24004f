/**
 * Subscriptions of other systems. People create, change and close them; each act is an entry of the
 * trail `notifications`. The secret is shown once and stored encrypted.
 */
import type { EntryType, Trail } from '../../accountability/index.js';
import { Refusal, type Clock, type JsonObject, type Vault } from '../../kernel/index.js';
import { insertIfAbsent, type Database, type Transaction } from '../../platform/database/index.js';
import { newSecret, tryOnce, webhook, webhookAddress, type OutgoingSettings } from '../outbox/index.js';
import type { EventType } from './event-types/index.js';
import { createSubscriptionHealth, type NoteDelivery } from './subscription-health.js';
import {
  findSubscriber,
  findSubscription,
  isTaken,
  listSubscriptions,
  subscriptionEntity,
  subscriptionOf,
  unitsAbove,
  type Subscription,
  type SubscriptionRow,
  type SubscriptionUnit,
} from './store/subscription-store.js';
import { testEvent } from './message.js';

export interface SubscriptionDeps {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly outgoing: OutgoingSettings;
  readonly vault: Vault;
}

interface NewSubscription {
  readonly system: number;
  readonly address: string;
  readonly types: readonly EventType[];
  /** Default: the unit of the system itself; for a system without a unit, all units. */
  readonly unit?: string | undefined;
}

interface WithSecret {
  readonly subscription: Subscription;
  /** The secret is returned only here. */
  readonly secret: string;
}

type Terms = Omit<NewSubscription, 'system'>;

export interface Subscriptions {
  readonly noted: NoteDelivery;
  list(): Promise<readonly Subscription[]>;
  /** @throws {Refusal} `system.not-found`, `unit.not-found`, `input.invalid`, `subscription.exists` */
  add(wanted: NewSubscription, by: string): Promise<WithSecret>;
  /** Stops sending and drops pending events. @throws {Refusal} `subscription.not-found` */
  close(id: number, by: string): Promise<Subscription>;
  /**
   * Changes address, types and unit; keeps the secret; pending events go to the new address.
   *
   * @throws {Refusal} `subscription.not-found`, `unit.not-found`, `input.invalid`, `subscription.exists`
   */
  change(id: number, terms: Terms, by: string): Promise<Subscription>;
  /**
   * Sends a test event once, synchronously.
   *
   * @returns the failure in Chinese, or undefined @throws {Refusal} `subscription.not-found`
   */
  test(id: number, by: string): Promise<string | undefined>;
  /** For a day events are signed with both secrets. @throws {Refusal} `subscription.not-found` */
  rotateSecret(id: number, by: string): Promise<WithSecret>;
}

const overlap = 24 * 3_600_000;

export function createSubscriptions({
  database,
  trail,
  clock,
  outgoing,
  vault,
}: SubscriptionDeps): Subscriptions {
  const write = async (
    transaction: Transaction,
    type: EntryType,
    one: Subscription,
    actor: string,
    more: JsonObject = {},
  ) => {
    const { id, systemName, types, unit, address } = one;
    // Records only the host: the rest may be a token.
    const body = {
      actor,
      of: systemName,
      subscription: id,
      types: [...types],
      unit,
      host: new URL(address).host,
      ...more,
    };
    const stream = 'notifications';
    const marks = await trail.append(transaction, [{ stream, type, at: clock.now(), body }]);
    return trail.numberOf(marks.get(stream) ?? null);
  };

  return {
    noted: createSubscriptionHealth({ clock, write }),
    list: () => database.transaction(listSubscriptions),
    add: ({ system, types, ...given }, by) => {
      const address = webhookAddress(given.address, outgoing);
      const secret = newSecret();
      return database.transaction(async (transaction) => {
        const unit = await unitFor(transaction, system, given.unit);
        const row = await insertIfAbsent(transaction, subscriptionEntity, {
          system: { id: system },
          address,
          types: [...new Set(types)],
          unit,
          secret: vault.seal(secret, ownerOf({ system: { id: system }, address })),
          createdAt: clock.now(),
          createdBy: by,
        });
        if (!row) throw taken();
        const subscription = subscriptionOf(await subscriptionIn(transaction, row.id));
        await write(transaction, 'subscription.added', subscription, by);
        return { subscription, secret };
      });
    },
    close: (id, by) =>
      database.transaction(async (transaction) => {
        const subscription = subscriptionOf(await subscriptionIn(transaction, id));
        const closed = { closedAt: clock.now(), closedBy: by };
        await transaction.repository(subscriptionEntity).update(id, closed);
        await write(transaction, 'subscription.closed', subscription, by);
        return { ...subscription, ...closed };
      }),
    change: (id, { types, ...given }, by) => {
      const address = webhookAddress(given.address, outgoing);
      return database.transaction(async (transaction) => {
        const before = await subscriptionIn(transaction, id);
        const unit = await unitFor(transaction, before.system.id, given.unit);
        if (await isTaken(transaction, before, address)) throw taken();
        const moved = (box: Buffer) =>
          vault.seal(vault.open(box, ownerOf(before)), ownerOf({ ...before, address }));
        await transaction.repository(subscriptionEntity).update(id, {
          address,
          types: [...new Set(types)],
          unit,
          secret: moved(before.secret),
          previousSecret: before.previousSecret && moved(before.previousSecret),
          failingSince: null,
          failure: null,
        });
        const after = subscriptionOf(await subscriptionIn(transaction, id));
        await write(transaction, 'subscription.changed', after, by);
        return after;
      });
    },
    test: async (id, by) => {
      const row = await database.transaction((transaction) => subscriptionIn(transaction, id));
      const now = clock.now();
      const to = webhook(row.address, ...secretsOf(row, vault, now));
      const failure = await tryOnce({ clock, outgoing, vault }, to, testEvent(id, now));
      await database.transaction((transaction) =>
        write(transaction, 'subscription.tested', subscriptionOf(row), by, {
          arrived: failure === undefined,
        }),
      );
      return failure;
    },
    rotateSecret: (id, by) =>
      database.transaction(async (transaction) => {
        const row = await subscriptionIn(transaction, id);
        const secret = newSecret();
        const previousUntil = new Date(clock.now().getTime() + overlap);
        await transaction.repository(subscriptionEntity).update(id, {
          secret: vault.seal(secret, ownerOf(row)),
          previousSecret: row.secret,
          previousUntil,
        });
        const subscription = { ...subscriptionOf(row), previousUntil };
        await write(transaction, 'subscription.secret-replaced', subscription, by);
        return { subscription, secret };
      }),
  };
}

/** Secrets, newest first. @throws {Refusal} `vault.locked` */
export function secretsOf(endpoint: SubscriptionRow, vault: Vault, now: Date): string[] {
  const { secret, previousSecret, previousUntil } = endpoint;
  const both = previousSecret && previousUntil && now < previousUntil ? [secret, previousSecret] : [secret];
  return both.map((box) => vault.open(box, ownerOf(endpoint)));
}

/** Binds the secret to the address, so that an address changed in the database gets nothing signed. */
const ownerOf = ({
  system,
  address,
}: Pick<SubscriptionRow, 'address'> & { readonly system: { readonly id: number } }): string =>
  `event subscription ${system.id} ${address}`;

/** A unit's system receives events of that unit's sheets and of those of its sub-units. */
async function unitFor(
  transaction: Transaction,
  system: number,
  wanted: string | undefined,
): Promise<SubscriptionUnit | null> {
  const subscriber = await findSubscriber(transaction, system);
  if (!subscriber) {
    throw new Refusal('system.not-found', `没有编号为 ${system} 的在用系统`, {
      remedy: '系统列表见 /api/systems',
    });
  }
  if (wanted === undefined) return subscriber.unit;
  const above = await unitsAbove(transaction, wanted);
  const unit = above.find(({ name }) => name === wanted);
  if (!unit) {
    throw new Refusal('unit.not-found', `没有名为“${wanted.slice(0, 60)}”的单位`, {
      where: 'unit',
      remedy: '单位列表见 /api/units',
    });
  }
  const own = subscriber.unit;
  if (own && !above.some(({ id }) => id === own.id)) {
    throw new Refusal('input.invalid', `系统“${subscriber.name}”属于${own.name}，不能订阅${wanted}的事件`, {
      where: 'unit',
      remedy: '填本单位或者下级单位；不填即为本单位及下级单位',
    });
  }
  return unit;
}

const taken = (): Refusal =>
  new Refusal('subscription.exists', '这个系统已经有发往这个地址的订阅', {
    where: 'address',
    remedy: '要换类型或者单位的，改原来的；要换密钥的，用换密钥',
  });

async function subscriptionIn(transaction: Transaction, id: number): Promise<SubscriptionRow> {
  const found = await findSubscription(transaction, id, 'lock');
  if (found) return found;
  throw notFound(id);
}

const notFound = (id: number): Refusal =>
  new Refusal('subscription.not-found', `没有编号为 ${id} 的在用订阅`, {
    remedy: '订阅列表见 /api/subscriptions',
  });
