/**
 * Other systems' subscriptions to events: set up, closed and given a new secret by people; each such act is an entry of
 * the trail `notifications`. The secret is told once and kept in the vault.
 */
import { randomBytes } from 'node:crypto';
import type { Trail } from '../accountability/index.js';
import { Refusal, type Clock, type JsonObject } from '../kernel/index.js';
import type { Database, Transaction } from '../persistence/index.js';
import type { EventType } from './event-types/index.js';
import type { OutgoingSettings } from './settings.js';
import { createSubscriptionHealth, type SubscriptionHealth } from './subscription-health.js';
import {
  changeSubscription,
  closeSubscription,
  findEndpoint,
  findSubscriber,
  findSubscription,
  insertSubscription,
  listSubscriptions,
  replaceSecret,
  unitsAbove,
  type Endpoint,
  type Subscription,
} from './store/subscription-store.js';
import { longestWait } from './deliver.js';
import { testEvent } from './message.js';
import { postWebhook, secretPrefix } from './webhook.js';
import { webhookAddress } from './webhook-address.js';

/** What is asked of the vault. */
export interface SecretBox {
  seal(text: string, belongsTo: string): Buffer;
  open(box: Buffer, belongsTo: string): string;
}

export interface SubscriptionDeps {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly outgoing: OutgoingSettings;
  readonly vault: SecretBox;
}

interface NewSubscription {
  readonly system: number;
  readonly address: string;
  readonly types: readonly EventType[];
  /** Without it the system's own unit, or all where it has none. */
  readonly unit?: string | undefined;
}

interface WithSecret {
  readonly subscription: Subscription;
  /** In this answer and in no other. */
  readonly secret: string;
}

type Terms = Omit<NewSubscription, 'system'>;

export interface Subscriptions {
  /** What becomes of the events that are sent. */
  readonly health: SubscriptionHealth;
  list(): Promise<readonly Subscription[]>;
  /** @throws {Refusal} `system.not-found`, `unit.not-found`, `input.invalid`, `subscription.exists` */
  add(wanted: NewSubscription, by: string): Promise<WithSecret>;
  /** Nothing is sent any more; what waits for another try is dropped. @throws {Refusal} `subscription.not-found` */
  close(id: number, by: string): Promise<Subscription>;
  /**
   * Where to, what of and whose events are sent from now on; the secret stays, what waits for another try goes to the new address.
   *
   * @throws {Refusal} `subscription.not-found`, `unit.not-found`, `input.invalid`, `subscription.exists`
   */
  change(id: number, terms: Terms, by: string): Promise<Subscription>;
  /**
   * Sends an event that says nothing, at once and once only: whoever asks waits for the answer.
   *
   * @returns why it did not arrive, in Chinese; undefined where it did @throws {Refusal} `subscription.not-found`
   */
  test(id: number, by: string): Promise<string | undefined>;
  /** Events are signed with both for a day. @throws {Refusal} `subscription.not-found` */
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
    type: string,
    one: Subscription,
    actor: string,
    more: JsonObject = {},
  ) => {
    const { id, systemName, types, unit, address } = one;
    // Of an address only the host: the rest may be a token.
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
  const newSecret = () => `${secretPrefix}${randomBytes(32).toString('base64')}`;

  return {
    health: createSubscriptionHealth({ database, clock, write }),
    list: () => database.transaction(listSubscriptions),
    add: ({ system, types, ...given }, by) => {
      const address = webhookAddress(given.address, outgoing);
      const secret = newSecret();
      return database.transaction(async (transaction) => {
        const unit = await unitFor(transaction, system, given.unit);
        const id = await insertSubscription(transaction, {
          system,
          address,
          types: [...new Set(types)],
          unit,
          secret: vault.seal(secret, ownerOf({ system, address })),
          createdAt: clock.now(),
          createdBy: by,
        });
        if (id === undefined) {
          throw taken();
        }
        const subscription = await subscriptionIn(transaction, id);
        await write(transaction, 'subscription.added', subscription, by);
        return { subscription, secret };
      });
    },
    close: (id, by) =>
      database.transaction(async (transaction) => {
        const subscription = await subscriptionIn(transaction, id);
        await closeSubscription(transaction, id, { at: clock.now(), actor: by });
        await write(transaction, 'subscription.closed', subscription, by);
        return { ...subscription, closedAt: clock.now(), closedBy: by };
      }),
    change: (id, { types, ...given }, by) => {
      const address = webhookAddress(given.address, outgoing);
      return database.transaction(async (transaction) => {
        const before = await subscriptionIn(transaction, id);
        const unit = await unitFor(transaction, before.system, given.unit);
        const secrets = await endpointIn(transaction, id);
        const moved = (box: Buffer) =>
          vault.seal(vault.open(box, ownerOf(before)), ownerOf({ ...before, address }));
        const changed = await changeSubscription(transaction, id, {
          address,
          types: [...new Set(types)],
          unit,
          secret: moved(secrets.secret),
          previousSecret: secrets.previousSecret && moved(secrets.previousSecret),
        });
        if (!changed) throw taken();
        const after = await subscriptionIn(transaction, id);
        await write(transaction, 'subscription.changed', after, by);
        return after;
      });
    },
    test: async (id, by) => {
      const [subscription, endpoint] = await database.transaction(async (transaction) => [
        await subscriptionIn(transaction, id),
        await endpointIn(transaction, id),
      ]);
      const now = clock.now();
      const failure = await postWebhook(
        { address: endpoint.address, secrets: secretsOf(endpoint, vault, now) },
        testEvent(id, now),
        { now, privateAddresses: outgoing.privateAddresses, signal: AbortSignal.timeout(longestWait) },
      ).then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      await database.transaction((transaction) =>
        write(transaction, 'subscription.tested', subscription, by, { arrived: failure === undefined }),
      );
      return failure;
    },
    rotateSecret: (id, by) =>
      database.transaction(async (transaction) => {
        const subscription = await subscriptionIn(transaction, id);
        const secret = newSecret();
        const previousUntil = new Date(clock.now().getTime() + overlap);
        await replaceSecret(transaction, id, {
          secret: vault.seal(secret, ownerOf(subscription)),
          previousUntil,
        });
        await write(transaction, 'subscription.secret-replaced', subscription, by);
        return { subscription: { ...subscription, previousUntil }, secret };
      }),
  };
}

/** The newest first. @throws {Refusal} `vault.locked` */
export function secretsOf(endpoint: Endpoint, vault: SecretBox, now: Date): string[] {
  const { secret, previousSecret, previousUntil } = endpoint;
  const both = previousSecret && previousUntil && now < previousUntil ? [secret, previousSecret] : [secret];
  return both.map((box) => vault.open(box, ownerOf(endpoint)));
}

/** Bound to the address: who could change it in the database still would not be sent anything signed. */
const ownerOf = ({ system, address }: Pick<Endpoint, 'system' | 'address'>): string =>
  `event subscription ${system} ${address}`;

/** A system of a unit is told of that unit's sheets and of those below, no more. */
async function unitFor(
  transaction: Transaction,
  system: number,
  wanted: string | undefined,
): Promise<string | null> {
  const subscriber = await findSubscriber(transaction, system);
  if (!subscriber) {
    throw new Refusal('system.not-found', `没有编号为 ${system} 的在用系统`, {
      remedy: '系统列表见 /api/systems',
    });
  }
  if (wanted === undefined) return subscriber.unit;
  const above = await unitsAbove(transaction, wanted);
  if (above.length === 0) {
    throw new Refusal('unit.not-found', `没有名为“${wanted.slice(0, 60)}”的单位`, {
      where: 'unit',
      remedy: '单位列表见 /api/units',
    });
  }
  if (subscriber.unit !== null && !above.includes(subscriber.unit)) {
    throw new Refusal(
      'input.invalid',
      `系统“${subscriber.name}”属于${subscriber.unit},不能订阅${wanted}的事件`,
      {
        where: 'unit',
        remedy: '填本单位或者下级单位;不填即为本单位及下级单位',
      },
    );
  }
  return wanted;
}

const taken = (): Refusal =>
  new Refusal('subscription.exists', '这个系统已经有发往这个地址的订阅', {
    where: 'address',
    remedy: '要换类型或者单位的,改原来的;要换密钥的,用换密钥',
  });

async function endpointIn(transaction: Transaction, id: number): Promise<Endpoint> {
  const found = await findEndpoint(transaction, id);
  if (!found) throw notFound(id);
  return found;
}

async function subscriptionIn(transaction: Transaction, id: number): Promise<Subscription> {
  const found = await findSubscription(transaction, id);
  if (found) return found;
  throw notFound(id);
}

const notFound = (id: number): Refusal =>
  new Refusal('subscription.not-found', `没有编号为 ${id} 的在用订阅`, {
    remedy: '订阅列表见 /api/subscriptions',
  });
