/** Subscriptions of other systems to events. */
import {
  column,
  IsNull,
  LessThan,
  Not,
  relation,
  type Entity,
  type Transaction,
} from '../../../platform/database/index.js';
import type { EventType } from '../event-types/index.js';

export interface Subscription {
  readonly id: number;
  readonly system: number;
  readonly systemName: string;
  readonly address: string;
  readonly types: readonly EventType[];
  /** The unit whose sheets, with those of sub-units, the subscription covers; null for all sheets. */
  readonly unit: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  /** Until this instant, events are signed with the previous secret as well. */
  readonly previousUntil: Date | null;
  /** When the last event was delivered, to the minute. */
  readonly deliveredAt: Date | null;
  /** Since when delivery has been failing, and the last failure. */
  readonly failingSince: Date | null;
  readonly failure: string | null;
}

export interface SubscriptionUnit {
  readonly id: number;
  readonly name: string;
}

/** A subscription with its encrypted secrets, which are used only for signing. */
export interface SubscriptionRow extends Omit<Subscription, 'system' | 'systemName' | 'unit'> {
  readonly system: Pick<Subscription, 'closedAt' | 'closedBy'> & {
    readonly id: number;
    readonly name: string;
  };
  readonly unit: SubscriptionUnit | null;
  readonly secret: Buffer;
  readonly previousSecret: Buffer | null;
}

export const subscriptionEntity: Entity<SubscriptionRow> = {
  name: 'event_subscription',
  columns: {
    id: column.id,
    ...column.each(column.text, 'address', 'createdBy'),
    types: column.texts,
    secret: column.bytes,
    previousSecret: column.nullable.bytes,
    ...column.each(column.nullable.instant, 'previousUntil', 'closedAt', 'deliveredAt', 'failingSince'),
    createdAt: column.instant,
    ...column.each(column.nullable.text, 'closedBy', 'failure'),
  },
  relations: {
    system: relation.manyToOne('client_system', 'system'),
    unit: relation.manyToOne('unit', 'unit', true),
  },
};

export function subscriptionOf(row: SubscriptionRow): Subscription {
  const { secret: _secret, previousSecret: _previous, system, unit, ...known } = row;
  return {
    ...known,
    system: system.id,
    systemName: system.name,
    unit: unit?.name ?? null,
    // Closing a system closes its subscriptions.
    closedAt: row.closedAt ?? system.closedAt,
    closedBy: row.closedBy ?? system.closedBy,
  };
}

/** Active subscriptions come first. */
export async function listSubscriptions(transaction: Transaction): Promise<Subscription[]> {
  const rows = await transaction
    .repository(subscriptionEntity)
    .find({ relations: { system: true, unit: true }, order: { system: { name: 'ASC' }, id: 'ASC' } });
  const all = rows.map(subscriptionOf);
  return [...all.filter(({ closedAt }) => !closedAt), ...all.filter(({ closedAt }) => closedAt)];
}

/** An active subscription. @param lock locks it against concurrent changes */
export async function findSubscription(
  transaction: Transaction,
  id: number,
  lock?: 'lock',
): Promise<SubscriptionRow | undefined> {
  const [row] = await transaction.repository(subscriptionEntity).find({
    where: { id, closedAt: IsNull(), system: { closedAt: IsNull() } },
    relations: { system: true, unit: true },
    ...(lock ? { lock: { mode: 'pessimistic_write', tables: ['event_subscription'] } } : {}),
  });
  return row;
}

/** Whether the system has another active subscription with this address. */
export const isTaken = (
  transaction: Transaction,
  { id, system }: Pick<SubscriptionRow, 'id' | 'system'>,
  address: string,
): Promise<boolean> =>
  transaction
    .repository(subscriptionEntity)
    .existsBy({ id: Not(id), system: { id: system.id }, address, closedAt: IsNull() });

/** Stored to the minute. */
export async function noteArrival(transaction: Transaction, id: number, at: Date): Promise<void> {
  await transaction.repository(subscriptionEntity).update(
    [
      { id, failingSince: Not(IsNull()) },
      { id, deliveredAt: IsNull() },
      { id, deliveredAt: LessThan(new Date(at.getTime() - 60_000)) },
    ],
    { deliveredAt: at, failingSince: null, failure: null },
  );
}

/**
 * An active system and its unit; locked against closing and against concurrent subscriptions until
 * the transaction ends.
 */
export async function findSubscriber(
  transaction: Transaction,
  id: number,
): Promise<{ readonly name: string; readonly unit: SubscriptionUnit | null } | undefined> {
  const [row] = await transaction.query<{ name: string; unit: SubscriptionUnit | null }>(
    `SELECT s.name, CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS unit FROM system_overview s LEFT JOIN unit_overview u ON u.id = s.unit
      WHERE s.id = $1 AND s.closed_at IS NULL FOR NO KEY UPDATE OF s`,
    [id],
  );
  return row;
}

/** The unit and its parents; empty if there is no such unit. */
export const unitsAbove = (transaction: Transaction, unit: string): Promise<SubscriptionUnit[]> =>
  transaction.query(
    `WITH RECURSIVE above AS (
       SELECT id, name, parent FROM unit_overview WHERE name = $1
       UNION SELECT u.id, u.name, u.parent FROM unit_overview u JOIN above a ON u.id = a.parent
     ) SELECT id, name FROM above`,
    [unit],
  );

export interface Wanted {
  readonly subscription: number;
  readonly system: string;
  readonly types: readonly EventType[];
  /** Null means sheets of any unit. */
  readonly units: readonly string[] | null;
  /** The unit first, then all units above it; empty if the subscription is for any unit. */
  readonly above: readonly { readonly name: string; readonly kind: string }[];
}

/** Active subscriptions and the events they want. */
export function wantedEvents(transaction: Transaction): Promise<Wanted[]> {
  return transaction.query(
    `WITH RECURSIVE wanting AS (
       SELECT e.id, s.name, e.types, e.unit FROM event_subscription e JOIN system_overview s ON s.id = e.system
        WHERE e.closed_at IS NULL AND s.closed_at IS NULL
     ), below AS (
       SELECT w.id AS subscription, u.id, u.name FROM wanting w JOIN unit_overview u ON u.id = w.unit
       UNION SELECT b.subscription, u.id, u.name FROM unit_overview u JOIN below b ON u.parent = b.id
     ), above AS (
       SELECT w.id AS subscription, u.name, u.kind, u.parent, 0 AS steps
         FROM wanting w JOIN unit_overview u ON u.id = w.unit
       UNION SELECT a.subscription, u.name, u.kind, u.parent, a.steps + 1
         FROM unit_overview u JOIN above a ON u.id = a.parent
     )
     SELECT w.id AS subscription, w.name AS system, w.types,
            CASE WHEN w.unit IS NOT NULL THEN
              ARRAY(SELECT b.name FROM below b WHERE b.subscription = w.id) END AS units,
            coalesce((SELECT json_agg(json_build_object('name', a.name, 'kind', a.kind) ORDER BY a.steps)
                        FROM above a WHERE a.subscription = w.id), '[]') AS above
       FROM wanting w ORDER BY w.id`,
  );
}
