/** Units, persons and role grants. */
import {
  column,
  insertIfAbsent,
  IsNull,
  LessThan,
  Not,
  relation,
  renewing,
  type Entity,
  type Transaction,
  type VaultTable,
} from '../../platform/database/index.js';
import { unitName, type UnitName } from '../../kernel/unit-name.js';
import type { Role, UnitKind } from '../roles/index.js';

export interface Unit {
  readonly id: number;
  readonly name: string;
  readonly kind: UnitKind;
  /** The parent unit. */
  readonly parent: string | null;
}

export const unitEntity: Entity<UnitRecord> = {
  name: 'unit',
  columns: { id: column.id, name: column.text, kind: column.text },
  relations: { parent: relation.manyToOne('unit', 'parent', true) },
};

interface UnitRecord extends Omit<Unit, 'parent'> {
  readonly parent: UnitRecord | null;
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
  readonly secondFactor: boolean;
  /** Whether single sign-on is linked. */
  readonly singleSignOn: boolean;
  /** Languages in which they answer callers, besides Chinese. */
  readonly languages: readonly string[];
}

export const personEntity: Entity<PersonRecord> = {
  name: 'person',
  columns: {
    id: column.id,
    ...column.each(column.text, 'login', 'name'),
    unit: column.integer,
    ...column.each(column.nullable.text, 'password', 'oidcSubject'),
    ...column.each(column.defaulted(column.boolean, false), 'mustChange', 'sample', 'firstAdministrator'),
    languages: column.defaulted(column.texts, []),
    totpSecret: column.nullable.bytes,
    totpUsed: column.nullable.bigint,
    createdAt: column.instant,
    closedAt: column.nullable.instant,
  },
};

export const roleGrantEntity: Entity<{
  readonly person: number;
  readonly role: Role;
  readonly grantedAt: Date;
  readonly grantedBy: string;
  /** Number of the granting entry in the stream `accounts`. */
  readonly entry: number;
}> = {
  name: 'role_grant',
  columns: {
    person: column.key.integer,
    role: column.key.text,
    grantedAt: column.instant,
    grantedBy: column.text,
    entry: column.integer,
  },
};

/** Data needed only for log-in. */
export interface Credentials {
  readonly password: string | null;
  readonly totpSecret: Buffer | null;
}

interface PersonRecord
  extends
    Pick<Person, 'id' | 'login' | 'name' | 'sample' | 'createdAt' | 'closedAt' | 'mustChange'>,
    Credentials {
  readonly unit: number;
  readonly totpUsed: number | null;
  readonly languages: readonly string[];
  readonly oidcSubject: string | null;
  readonly firstAdministrator: boolean;
}

/** A role counts only with the entry that granted it: a row that somebody inserted has no effect. */
export const personColumns = `p.id, p.login, p.name, json_build_object('id', u.id, 'name', u.name, 'kind', u.kind) AS unit,
  p.sample, p.created_at AS "createdAt", p.closed_at AS "closedAt", p.must_change AS "mustChange", p.password,
  p.totp_secret AS "totpSecret", p.totp_secret IS NOT NULL AS "secondFactor",
  p.oidc_subject IS NOT NULL AS "singleSignOn", p.languages,
  ARRAY(SELECT g.role FROM role_grant g
         WHERE g.person = p.id AND is_role_recorded(g.entry, p.login, g.role) ORDER BY g.role) AS roles`;

export const personTables = 'person p JOIN unit u ON u.id = p.unit';

/** Optionally locks the row, for changes of a person's roles. */
export async function findPerson(
  transaction: Transaction,
  by: { readonly login: string } | { readonly oidcSubject: string },
  lock: '' | 'FOR UPDATE OF p' = '',
): Promise<(Person & Credentials) | undefined> {
  const [column, value] = 'login' in by ? ['login', by.login] : ['oidc_subject', by.oidcSubject];
  const [person] = await transaction.query<Person & Credentials>(
    `SELECT ${personColumns} FROM ${personTables} WHERE p.${column} = $1 ${lock}`,
    [value],
  );
  return person;
}

export async function setLanguages(
  transaction: Transaction,
  person: number,
  languages: readonly string[],
): Promise<void> {
  await transaction.query('UPDATE person SET languages = $2 WHERE id = $1', [person, [...languages]]);
}

export async function listPersons(transaction: Transaction): Promise<readonly Person[]> {
  return transaction.query<Person>(
    `SELECT ${personColumns} FROM ${personTables} ORDER BY p.closed_at IS NOT NULL, u.name, p.login`,
  );
}

export async function listUnits(transaction: Transaction): Promise<readonly Unit[]> {
  const units = await transaction
    .repository(unitEntity)
    .find({ relations: { parent: true }, order: { id: 'ASC' } });
  return units.map(({ parent, ...unit }) => ({ ...unit, parent: parent?.name ?? null }));
}

/** False if the name exists. @param unit.parent name of the parent unit */
export async function insertUnit(
  transaction: Transaction,
  { name, kind, parent }: Omit<Unit, 'id'>,
): Promise<boolean> {
  const above = parent === null ? null : await transaction.repository(unitEntity).findOneBy({ name: parent });
  return (await insertIfAbsent(transaction, unitEntity, { name, kind, parent: above })) !== undefined;
}

/** A unit of the register, with the units above it, the nearest first. */
export interface RegisteredUnit extends Pick<Unit, 'name' | 'kind'> {
  readonly above: readonly Pick<Unit, 'name' | 'kind'>[];
}

/** Returns the registered units among the names, by name; spaces are ignored. */
export async function unitsAmong(
  transaction: Transaction,
  names: readonly string[],
): Promise<readonly RegisteredUnit[]> {
  if (names.length === 0) return [];
  const rows = await transaction.prepared<{ of: string; chain: readonly Pick<Unit, 'name' | 'kind'>[] }>(
    'identity-units-among',
    `WITH RECURSIVE above AS (
       SELECT u.name AS "of", u.name, u.kind, u.parent, 0 AS steps FROM unit u WHERE u.name = ANY ($1::text[])
       UNION SELECT a."of", u.name, u.kind, u.parent, a.steps + 1 FROM unit u JOIN above a ON u.id = a.parent
     ) SELECT "of", json_agg(json_build_object('name', name, 'kind', kind) ORDER BY steps) AS chain
         FROM above GROUP BY "of" ORDER BY "of"`,
    [names.map(unitName)],
  );
  return rows.flatMap(({ chain: [own, ...above] }) => (own ? [{ ...own, above }] : []));
}

export async function unitsBelow(transaction: Transaction, unit: number): Promise<readonly UnitName[]> {
  const rows = await transaction.prepared<{ name: UnitName }>(
    'identity-units-below',
    `WITH RECURSIVE below AS (
       SELECT id, name FROM unit WHERE id = $1
       UNION SELECT u.id, u.name FROM unit u JOIN below b ON u.parent = b.id
     ) SELECT name FROM below ORDER BY id`,
    [unit],
  );
  return rows.map(({ name }) => name);
}

/** The unit itself first, then all units above it. */
export async function unitsAbove(
  transaction: Transaction,
  unit: number,
): Promise<readonly Pick<Unit, 'name' | 'kind'>[]> {
  return transaction.prepared<Pick<Unit, 'name' | 'kind'>>(
    'identity-units-above',
    `WITH RECURSIVE above AS (
       SELECT id, name, kind, parent, 0 AS steps FROM unit WHERE id = $1
       UNION SELECT u.id, u.name, u.kind, u.parent, a.steps + 1 FROM unit u JOIN above a ON u.id = a.parent
     ) SELECT name, kind FROM above ORDER BY steps`,
    [unit],
  );
}

/** False if this step or a later one has been used. */
export async function useTotpStep(transaction: Transaction, id: number, step: number): Promise<boolean> {
  const { affected } = await transaction.repository(personEntity).update(
    [
      { id, totpUsed: IsNull() },
      { id, totpUsed: LessThan(step) },
    ],
    { totpUsed: step },
  );
  return affected === 1;
}

/** False if another person has this subject. */
export async function setOidcSubject(
  transaction: Transaction,
  id: number,
  oidcSubject: string | null,
): Promise<boolean> {
  const persons = transaction.repository(personEntity);
  if (oidcSubject !== null && (await persons.existsBy({ oidcSubject, id: Not(id) }))) return false;
  await persons.update(id, { oidcSubject });
  return true;
}

/** Columns without a second factor. */
export const noSecondFactor = { totpSecret: null, totpUsed: null } as const;

/** The place to which the secret is bound. */
export const totpPlace = (id: number): string => `totp ${id}`;

/** Secrets of second factors. */
export const totpVaultTable: VaultTable = {
  title: '动态口令的密钥',
  renew: renewing({
    table: 'person',
    key: { id: 'integer' },
    boxes: ['totp_secret'],
    belongsTo: ({ id }) => totpPlace(Number(id)),
  }),
};
