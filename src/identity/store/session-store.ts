/** Rows of sessions and of failed log-ins. Times are always the program's clock. */
import type { Transaction } from '../../persistence/index.js';
import { personColumns, personOf, personTables, type Person } from './person-store.js';

export interface SessionRow {
  readonly person: Person;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly authAt: Date;
}

export async function insertSession(
  transaction: Transaction,
  session: {
    readonly id: Buffer;
    readonly person: number;
    readonly at: Date;
    readonly authAt: Date;
    readonly idToken: Buffer | null;
    /** Of the provider's session. */
    readonly oidcSession: Buffer | null;
  },
): Promise<void> {
  await transaction.query(
    `INSERT INTO session (id, person, started_at, seen_at, auth_at, id_token, oidc_session)
     VALUES ($1, $2, $3, $3, $4, $5, $6)`,
    [session.id, session.person, session.at, session.authAt, session.idToken, session.oidcSession],
  );
}

export async function idTokenOf(transaction: Transaction, id: Buffer): Promise<Buffer | null> {
  const [row] = await transaction.query<{ id_token: Buffer | null }>(
    'SELECT id_token FROM session WHERE id = $1',
    [id],
  );
  return row?.id_token ?? null;
}

/** Undefined for a session that is not there, or whose person's account is closed. */
export async function findSession(transaction: Transaction, id: Buffer): Promise<SessionRow | undefined> {
  const [row] = await transaction.prepared<
    Parameters<typeof personOf>[0] & { started_at: Date; seen_at: Date; auth_at: Date }
  >(
    'identity-session',
    `SELECT ${personColumns}, s.started_at, s.seen_at, s.auth_at
       FROM session s JOIN (${personTables}) ON p.id = s.person
      WHERE s.id = $1 AND p.closed_at IS NULL`,
    [id],
  );
  if (!row) return undefined;
  const { password: _password, totpSecret: _secret, ...person } = personOf(row);
  return { person, startedAt: row.started_at, seenAt: row.seen_at, authAt: row.auth_at };
}

export async function touchSession(transaction: Transaction, id: Buffer, at: Date): Promise<void> {
  await transaction.query('UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2', [id, at]);
}

/** @param of only where it is that person's @returns whether it was there */
export async function deleteSession(transaction: Transaction, id: Buffer, of?: number): Promise<boolean> {
  const rows = await transaction.query(
    'DELETE FROM session WHERE id = $1 AND ($2::integer IS NULL OR person = $2) RETURNING id',
    [id, of ?? null],
  );
  return rows.length > 0;
}

/**
 * Those that began at the provider: of that subject, of that session there, or of both. Where both are given, one of
 * the subject's that the provider gave no session for ends as well.
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

/** The one used last first. */
export function sessionsOf(
  transaction: Transaction,
  person: number,
): Promise<{ readonly id: Buffer; readonly startedAt: Date; readonly seenAt: Date }[]> {
  return transaction.query(
    `SELECT id, started_at AS "startedAt", seen_at AS "seenAt" FROM session
      WHERE person = $1 ORDER BY seen_at DESC, id`,
    [person],
  );
}

export async function deleteSessionsOf(transaction: Transaction, person: number): Promise<void> {
  await transaction.query('DELETE FROM session WHERE person = $1', [person]);
}

export async function deleteSessionsUnseenSince(transaction: Transaction, instant: Date): Promise<void> {
  await transaction.query('DELETE FROM session WHERE seen_at < $1', [instant]);
}

/** How often each subject has failed since `since`, before this attempt is counted among them. */
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
  const rows = await transaction.query<{ subject: string; count: number }>(
    'SELECT subject, count FROM sign_in_failure WHERE subject = ANY($1::text[]) AND since >= $2',
    [[...subjects], since],
  );
  return new Map(rows.map(({ subject, count }) => [subject, count]));
}

export async function forgetFailures(transaction: Transaction, subjects: readonly string[]): Promise<void> {
  await transaction.query('DELETE FROM sign_in_failure WHERE subject = ANY($1::text[])', [[...subjects]]);
}
