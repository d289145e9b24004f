/** Rows of subscriptions. The sealed secret leaves only for signing. */
import type { Transaction } from '../../persistence/index.js';
import type { EventType } from '../event-types/index.js';

export interface Subscription {
  readonly id: number;
  readonly system: number;
  readonly systemName: string;
  readonly address: string;
  readonly types: readonly EventType[];
  /** Whose sheets, with those of the units below; null for all. */
  readonly unit: string | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  /** Until when events are signed with the secret before as well. */
  readonly previousUntil: Date | null;
  /** The last event that arrived, to the minute. */
  readonly deliveredAt: Date | null;
  /** Since when nothing has arrived, and why the last try failed. */
  readonly failingSince: Date | null;
  readonly failure: string | null;
}

export interface Endpoint extends Pick<Subscription, 'system' | 'address' | 'previousUntil'> {
  readonly secret: Buffer;
  readonly previousSecret: Buffer | null;
}

const columns = `e.id, e.system, s.name AS "systemName", e.address, e.types, u.name AS unit,
  e.created_at AS "createdAt", e.created_by AS "createdBy", e.previous_until AS "previousUntil",
  e.delivered_at AS "deliveredAt", e.failing_since AS "failingSince", e.failure,
  coalesce(e.closed_at, s.closed_at) AS "closedAt", coalesce(e.closed_by, s.closed_by) AS "closedBy"`;
const tables = `event_subscription e JOIN client_system s ON s.id = e.system
  LEFT JOIN unit u ON u.id = e.unit`;
/** That of a system that is closed is closed with it. */
const inUse = 'e.closed_at IS NULL AND s.closed_at IS NULL';

/** Those in use first. */
export function listSubscriptions(transaction: Transaction): Promise<Subscription[]> {
  return transaction.query(
    `SELECT ${columns} FROM ${tables} ORDER BY NOT (${inUse}), s.name, e.id LIMIT 1000`,
  );
}

/** In use, locked against two acts at once. */
export async function findSubscription(
  transaction: Transaction,
  id: number,
): Promise<Subscription | undefined> {
  const [row] = await transaction.query<Subscription>(
    `SELECT ${columns} FROM ${tables} WHERE e.id = $1 AND ${inUse} FOR UPDATE OF e`,
    [id],
  );
  return row;
}

/** A system in use and its unit; it is not closed, nor subscribed for by anybody else, before the transaction ends. */
export async function findSubscriber(
  transaction: Transaction,
  id: number,
): Promise<{ readonly name: string; readonly unit: string | null } | undefined> {
  const [row] = await transaction.query<{ name: string; unit: string | null }>(
    `SELECT s.name, u.name AS unit FROM client_system s LEFT JOIN unit u ON u.id = s.unit
      WHERE s.id = $1 AND s.closed_at IS NULL FOR NO KEY UPDATE OF s`,
    [id],
  );
  return row;
}

/** The units above, itself among them; empty where there is no such unit. */
export async function unitsAbove(transaction: Transaction, unit: string): Promise<readonly string[]> {
  const rows = await transaction.query<{ name: string }>(
    `WITH RECURSIVE above AS (
       SELECT name, parent FROM unit WHERE name = $1
       UNION SELECT u.name, u.parent FROM unit u JOIN above a ON u.id = a.parent
     ) SELECT name FROM above`,
    [unit],
  );
  return rows.map(({ name }) => name);
}

/** Undefined where the system has one in use with this address. */
export async function insertSubscription(
  transaction: Transaction,
  row: Pick<Subscription, 'system' | 'address' | 'types' | 'unit' | 'createdAt' | 'createdBy'> &
    Pick<Endpoint, 'secret'>,
): Promise<number | undefined> {
  const [made] = await transaction.query<{ id: number }>(
    `INSERT INTO event_subscription (system, address, types, unit, secret, created_at, created_by)
     VALUES ($1, $2, $3, (SELECT id FROM unit WHERE name = $4), $5, $6, $7)
     ON CONFLICT DO NOTHING RETURNING id`,
    [row.system, row.address, [...row.types], row.unit, row.secret, row.createdAt, row.createdBy],
  );
  return made?.id;
}

export async function closeSubscription(
  transaction: Transaction,
  id: number,
  by: { readonly at: Date; readonly actor: string },
): Promise<void> {
  await transaction.query('UPDATE event_subscription SET closed_at = $2, closed_by = $3 WHERE id = $1', [
    id,
    by.at,
    by.actor,
  ]);
}

/** False where the system has another one in use with this address. @param terms with its secrets, which are bound to the address */
export async function changeSubscription(
  transaction: Transaction,
  id: number,
  terms: Pick<Subscription, 'address' | 'types' | 'unit'> & Pick<Endpoint, 'secret' | 'previousSecret'>,
): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE event_subscription e SET address = $2, types = $3,
            unit = (SELECT id FROM unit WHERE name = $4), secret = $5, previous_secret = $6,
            failing_since = NULL, failure = NULL
      WHERE id = $1 AND NOT EXISTS (
        SELECT FROM event_subscription o
         WHERE o.system = e.system AND o.address = $2 AND o.id <> e.id AND o.closed_at IS NULL)
      RETURNING id`,
    [id, terms.address, [...terms.types], terms.unit, terms.secret, terms.previousSecret],
  );
  return rows.length === 1;
}

export async function noteArrival(transaction: Transaction, id: number, at: Date): Promise<void> {
  await transaction.query(
    `UPDATE event_subscription SET delivered_at = $2, failing_since = NULL, failure = NULL
      WHERE id = $1 AND (failing_since IS NOT NULL OR delivered_at IS NULL OR delivered_at < $2::timestamptz - interval '1 minute')`,
    [id, at],
  );
}

export async function noteFailure(
  transaction: Transaction,
  id: number,
  { at, failure }: { readonly at: Date; readonly failure: string },
): Promise<void> {
  await transaction.query(
    'UPDATE event_subscription SET failing_since = coalesce(failing_since, $2), failure = $3 WHERE id = $1',
    [id, at, failure],
  );
}

export async function replaceSecret(
  transaction: Transaction,
  id: number,
  { secret, previousUntil }: { readonly secret: Buffer; readonly previousUntil: Date },
): Promise<void> {
  await transaction.query(
    `UPDATE event_subscription SET previous_secret = secret, previous_until = $3, secret = $2 WHERE id = $1`,
    [id, secret, previousUntil],
  );
}

/** Where to send and what to sign with; undefined where it has been closed. */
export async function findEndpoint(transaction: Transaction, id: number): Promise<Endpoint | undefined> {
  const [row] = await transaction.query<Endpoint>(
    `SELECT e.system, e.address, e.secret, e.previous_secret AS "previousSecret", e.previous_until AS "previousUntil"
       FROM ${tables} WHERE e.id = $1 AND ${inUse}`,
    [id],
  );
  return row;
}

export interface Wanted {
  readonly subscription: number;
  readonly system: string;
  readonly types: readonly EventType[];
  /** Null: whosesoever sheet it is. */
  readonly units: readonly string[] | null;
}

/** Who wants what at present. */
export function wantedEvents(transaction: Transaction): Promise<Wanted[]> {
  return transaction.query(
    `WITH RECURSIVE wanting AS (
       SELECT e.id, s.name, e.types, e.unit FROM ${tables} WHERE ${inUse}
     ), below AS (
       SELECT w.id AS subscription, u.id, u.name FROM wanting w JOIN unit u ON u.id = w.unit
       UNION SELECT b.subscription, u.id, u.name FROM unit u JOIN below b ON u.parent = b.id
     )
     SELECT w.id AS subscription, w.name AS system, w.types,
            CASE WHEN w.unit IS NOT NULL THEN
              ARRAY(SELECT b.name FROM below b WHERE b.subscription = w.id) END AS units
       FROM wanting w ORDER BY w.id`,
  );
}
