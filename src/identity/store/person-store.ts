/** Rows of units, persons and role grants. */
import { renewing, type Transaction, type VaultTable } from '../../persistence/index.js';
import type { Role, UnitKind } from '../roles/index.js';

export interface Unit {
  readonly id: number;
  readonly name: string;
  readonly kind: UnitKind;
  /** The unit above it. */
  readonly parent: string | null;
}

export interface Person {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly unit: Pick<Unit, 'id' | 'name' | 'kind'>;
  readonly roles: readonly Role[];
  readonly sample: boolean;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly mustChange: boolean;
  /** Whether a second factor is asked for. */
  readonly secondFactor: boolean;
  /** Whether they log in at the single sign-on. */
  readonly singleSignOn: boolean;
}

/** What only log-in needs. */
export interface Credentials {
  readonly password: string | null;
  readonly totpSecret: Buffer | null;
}

interface PersonRow {
  id: number;
  login: string;
  name: string;
  unit_id: number;
  unit: string;
  kind: UnitKind;
  roles: Role[];
  sample: boolean;
  created_at: Date;
  closed_at: Date | null;
  must_change: boolean;
  password: string | null;
  totp_secret: Buffer | null;
  linked: boolean;
}

export const personColumns = `p.id, p.login, p.name, u.id AS unit_id, u.name AS unit, u.kind, p.sample, p.created_at,
  p.closed_at, p.must_change, p.password, p.totp_secret, p.oidc_subject IS NOT NULL AS linked,
  ARRAY(SELECT g.role FROM role_grant g WHERE g.person = p.id ORDER BY g.role) AS roles`;

export const personTables = 'person p JOIN unit u ON u.id = p.unit';

export function personOf(row: PersonRow): Person & Credentials {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    unit: { id: row.unit_id, name: row.unit, kind: row.kind },
    roles: row.roles,
    sample: row.sample,
    createdAt: row.created_at,
    closedAt: row.closed_at,
    mustChange: row.must_change,
    secondFactor: row.totp_secret !== null,
    singleSignOn: row.linked,
    password: row.password,
    totpSecret: row.totp_secret,
  };
}

/** Locks the row where asked: whoever changes a person's roles does it on what they are. */
export async function findPerson(
  transaction: Transaction,
  by: { readonly login: string } | { readonly oidcSubject: string },
  lock: '' | 'FOR UPDATE OF p' = '',
): Promise<(Person & Credentials) | undefined> {
  const [column, value] = 'login' in by ? ['login', by.login] : ['oidc_subject', by.oidcSubject];
  const [row] = await transaction.query<PersonRow>(
    `SELECT ${personColumns} FROM ${personTables} WHERE p.${column} = $1 ${lock}`,
    [value],
  );
  return row && personOf(row);
}

export async function listPersons(transaction: Transaction): Promise<readonly Person[]> {
  const rows = await transaction.query<PersonRow>(
    `SELECT ${personColumns} FROM ${personTables} ORDER BY p.closed_at IS NOT NULL, u.name, p.login`,
  );
  return rows.map(personOf);
}

export async function listUnits(transaction: Transaction): Promise<readonly Unit[]> {
  return transaction.query<Unit>(
    `SELECT u.id, u.name, u.kind, above.name AS parent
       FROM unit u LEFT JOIN unit above ON above.id = u.parent ORDER BY u.id`,
  );
}

/** Those of the names that no unit bears; blanks in a name do not count. */
export async function unknownAmong(
  transaction: Transaction,
  names: readonly string[],
): Promise<readonly string[]> {
  const rows = await transaction.prepared<{ name: string }>(
    'identity-units-unknown',
    `SELECT DISTINCT asked.name FROM unnest($1::text[]) AS asked (name)
      WHERE NOT EXISTS (
        SELECT FROM unit u WHERE u.name = regexp_replace(asked.name, '\\s', '', 'g'))`,
    [names],
  );
  return rows.map(({ name }) => name);
}

/** The unit itself and all below it, by name. */
export async function unitsBelow(transaction: Transaction, unit: number): Promise<readonly string[]> {
  const rows = await transaction.prepared<{ name: string }>(
    'identity-units-below',
    `WITH RECURSIVE below AS (
       SELECT id, name FROM unit WHERE id = $1
       UNION SELECT u.id, u.name FROM unit u JOIN below b ON u.parent = b.id
     ) SELECT name FROM below ORDER BY id`,
    [unit],
  );
  return rows.map(({ name }) => name);
}

/** The unit itself and all that it is part of, by name. */
export async function unitsAbove(transaction: Transaction, unit: number): Promise<readonly string[]> {
  const rows = await transaction.prepared<{ name: string }>(
    'identity-units-above',
    `WITH RECURSIVE above AS (
       SELECT id, name, parent FROM unit WHERE id = $1
       UNION SELECT u.id, u.name, u.parent FROM unit u JOIN above a ON u.id = a.parent
     ) SELECT name FROM above ORDER BY id`,
    [unit],
  );
  return rows.map(({ name }) => name);
}

export async function insertUnit(
  transaction: Transaction,
  unit: { readonly name: string; readonly kind: UnitKind; readonly parent: string | null },
): Promise<number | undefined> {
  const [row] = await transaction.query<{ id: number }>(
    `INSERT INTO unit (name, kind, parent) VALUES ($1, $2, (SELECT id FROM unit WHERE name = $3))
     ON CONFLICT (name) DO NOTHING RETURNING id`,
    [unit.name, unit.kind, unit.parent],
  );
  return row?.id;
}

export interface NewPersonRow {
  readonly login: string;
  readonly name: string;
  readonly unit: number;
  readonly password: string | null;
  readonly mustChange: boolean;
  readonly oidcSubject: string | null;
  readonly sample: boolean;
  readonly at: Date;
}

/** The id, or undefined where log-in name or subject is taken. */
export async function insertPerson(transaction: Transaction, row: NewPersonRow): Promise<number | undefined> {
  const [made] = await transaction.query<{ id: number }>(
    `INSERT INTO person (login, name, unit, password, must_change, oidc_subject, sample, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
    [row.login, row.name, row.unit, row.password, row.mustChange, row.oidcSubject, row.sample, row.at],
  );
  return made?.id;
}

export async function insertGrant(
  transaction: Transaction,
  grant: { readonly person: number; readonly role: Role; readonly at: Date; readonly by: string },
): Promise<void> {
  await transaction.query(
    'INSERT INTO role_grant (person, role, granted_at, granted_by) VALUES ($1, $2, $3, $4)',
    [grant.person, grant.role, grant.at, grant.by],
  );
}

export async function deleteGrant(transaction: Transaction, person: number, role: Role): Promise<void> {
  await transaction.query('DELETE FROM role_grant WHERE person = $1 AND role = $2', [person, role]);
}

export async function setPassword(
  transaction: Transaction,
  person: number,
  password: string,
  mustChange: boolean,
): Promise<void> {
  await transaction.query('UPDATE person SET password = $2, must_change = $3 WHERE id = $1', [
    person,
    password,
    mustChange,
  ]);
}

export async function setTotp(
  transaction: Transaction,
  person: number,
  secret: Buffer | null,
): Promise<void> {
  await transaction.query('UPDATE person SET totp_secret = $2, totp_used = NULL WHERE id = $1', [
    person,
    secret,
  ]);
}

/** False where this step or a later one has been used already. */
export async function useTotpStep(transaction: Transaction, person: number, step: number): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE person SET totp_used = $2::bigint
      WHERE id = $1 AND (totp_used IS NULL OR totp_used < $2::bigint) RETURNING id`,
    [person, step],
  );
  return rows.length === 1;
}

/** False where somebody else has it. */
export async function setOidcSubject(
  transaction: Transaction,
  person: number,
  subject: string | null,
): Promise<boolean> {
  const rows = await transaction.query(
    `UPDATE person SET oidc_subject = $2
      WHERE id = $1 AND NOT EXISTS (SELECT FROM person WHERE oidc_subject = $2 AND id <> $1) RETURNING id`,
    [person, subject],
  );
  return rows.length === 1;
}

export async function closePerson(transaction: Transaction, person: number, at: Date): Promise<void> {
  await transaction.query('UPDATE person SET closed_at = $2 WHERE id = $1', [person, at]);
}

/** To whom a second factor's secret belongs. */
export const totpPlace = (id: number): string => `totp ${id}`;

/** Secrets of second factors have never been readable. */
export const totpVaultTable: VaultTable = {
  title: '动态口令的密钥',
  close: () => Promise.resolve(0),
  renew: renewing({
    table: 'person',
    key: { id: 'integer' },
    boxes: ['totp_secret'],
    belongsTo: ({ id }) => totpPlace(Number(id)),
  }),
};
