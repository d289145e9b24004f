/** Rows of sessions and of failed log-ins. All times are by the program's clock. */
import {
  column,
  In,
  MoreThanOrEqual,
  type Entity,
  type ExpiringRows,
  type Transaction,
} from '../../platform/database/index.js';
import { personColumns, personTables, type Credentials, type Person } from './person-store.js';

export interface SessionRow {
  readonly person: Person;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly authAt: Date;
}

export const sessionEntity: Entity<{
  readonly id: Buffer;
  readonly person: number;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly authAt: Date;
  readonly idToken: Buffer | null;
  /** Hash of the provider's session. */
  readonly oidcSession: Buffer | null;
}> = {
  name: 'session',
  columns: {
    id: column.key.bytes,
    person: column.integer,
    ...column.each(column.instant, 'startedAt', 'seenAt', 'authAt'),
    ...column.each(column.nullable.bytes, 'idToken', 'oidcSession'),
  },
};

export const signInFailureEntity: Entity<{
  readonly subject: string;
  readonly count: number;
  readonly since: Date;
  /** For an account at an address: when it last failed. */
  readonly last: Date | null;
}> = {
  name: 'sign_in_failure',
  columns: {
    subject: column.key.text,
    count: column.integer,
    since: column.instant,
    last: column.nullable.instant,
  },
};

/** Undefined if the session is missing or its person's account is closed. */
export async function findSession(transaction: Transaction, id: Buffer): Promise<SessionRow | undefined> {
  const [row] = await transaction.prepared<
    Person & Credentials & { readonly startedAt: Date; readonly seenAt: Date; readonly authAt: Date }
  >(
    'identity-session',
    `SELECT ${personColumns}, s.started_at AS "startedAt", s.seen_at AS "seenAt", s.auth_at AS "authAt"
       FROM session s JOIN (${personTables}) ON p.id = s.person
      WHERE s.id = $1 AND p.closed_at IS NULL`,
    [id],
  );
  if (!row) return undefined;
  const { password: _password, totpSecret: _secret, startedAt, seenAt, authAt, ...person } = row;
  return { person, startedAt, seenAt, authAt };
}

/**
 * Deletes sessions that began at the provider: of that subject, of that provider session, or of
 * both. If both are given, sessions of the subject without a known provider session end, too.
 *
 * @returns the log-in name of each
 */
export async function deleteSessionsBegunThere(
  transaction: Transaction,
  { subject, session }: { readonly subject: string | null; readonly session: Buffer | null },
): Promise<readonly string[]> {
  const rows = await transaction.query<{ login: string }>(
    `DELETE FROM session s USING person p
      WHERE p.id = s.person AND s.id_token IS NOT NULL
        AND ($1::text IS NULL OR p.oidc_subject = $1)
        AND ($2::bytea IS NULL OR s.oidc_session = $2 OR ($1 IS NOT NULL AND s.oidc_session IS NULL))
      RETURNING p.login`,
    [subject, session],
  );
  return rows.map(({ login }) => login);
}

/** Failures of each subject since `since`, without the present attempt. */
export async function countFailure(
  transaction: Transaction,
  subjects: readonly string[],
  since: Date,
  at: Date,
): Promise<void> {
  await transaction.query(
    `INSERT INTO sign_in_failure AS f (subject, count, since)
     SELECT subject, 1, $3 FROM unnest($1::text[]) AS subject ORDER BY subject
     ON CONFLICT (subject) DO UPDATE
        SET count = CASE WHEN f.since < $2 THEN 1 ELSE f.count + 1 END,
            since = CASE WHEN f.since < $2 THEN excluded.since ELSE f.since END`,
    [[...subjects], since, at],
  );
}

export async function failuresSince(
  transaction: Transaction,
  subjects: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, number>> {
  const rows = await transaction
    .repository(signInFailureEntity)
    .findBy({ subject: In(subjects), since: MoreThanOrEqual(since) });
  return new Map(rows.map(({ subject, count }) => [subject, count]));
}

interface Failures {
  readonly subject: string;
  readonly count: number;
  readonly since: Date;
  readonly last: Date | null;
}

/** Makes counting attempts wait for each other until the transaction ends. */
export async function lockFailures(
  transaction: Transaction,
  subjects: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Failures>> {
  await transaction.query(
    `INSERT INTO sign_in_failure (subject, count, since)
     SELECT subject, 0, $2 FROM unnest($1::text[]) AS subject ORDER BY subject ON CONFLICT DO NOTHING`,
    [[...subjects], now],
  );
  const rows = await transaction.query<Failures>(
    'SELECT * FROM sign_in_failure WHERE subject = ANY ($1) ORDER BY subject FOR UPDATE',
    [[...subjects]],
  );
  return new Map(rows.map((row) => [row.subject, row]));
}

/** @param counted including this failure; one starts a new count */
export async function keepFailures(
  transaction: Transaction,
  counted: readonly Pick<Failures, 'subject' | 'count'>[],
  now: Date,
): Promise<void> {
  for (const { subject, count } of counted)
    await transaction
      .repository(signInFailureEntity)
      .update(subject, { count, last: now, ...(count === 1 ? { since: now } : {}) });
}

export async function forgetFailures(transaction: Transaction, subjects: readonly string[]): Promise<void> {
  await transaction.repository(signInFailureEntity).delete({ subject: In([...subjects]) });
}

/** Undoes the count, because the attempt succeeded. */
export async function takeBack(transaction: Transaction, subject: string): Promise<void> {
  await transaction.query('UPDATE sign_in_failure SET count = count - 1 WHERE subject = $1 AND count > 0', [
    subject,
  ]);
}

/** Kept as long as sessions. */
export async function keepKnownPlace(transaction: Transaction, subject: string, now: Date): Promise<void> {
  await transaction.query(
    `INSERT INTO sign_in_failure (subject, count, since) VALUES ($1, 0, $2)
     ON CONFLICT (subject) DO UPDATE SET since = excluded.since`,
    [subject, now],
  );
}

export const isKnownPlace = (transaction: Transaction, subject: string): Promise<boolean> =>
  transaction.repository(signInFailureEntity).existsBy({ subject });

/** Sessions, counted failures and pending log-ins of single sign-on. */
export const expiringLogins: readonly ExpiringRows[] = [
  { table: 'session', key: 'id', due: 'r.seen_at < $1' },
  { table: 'sign_in_failure', key: 'subject', due: 'r.since < $1' },
  { table: 'oidc_flow', key: 'id', due: 'r.started_at < $1' },
  { table: 'oidc_logout', key: 'id', due: 'r.expires_at < $1' },
];
