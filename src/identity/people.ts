/** Units, persons and roles: every change is an entry of the trail `accounts`, in the same transaction. */
import { Refusal, type JsonObject } from '../kernel/index.js';
import { insert, insertIfAbsent, type Transaction } from '../platform/database/index.js';
import type { EntryType } from '../accountability/index.js';
import { assertName } from './names.js';
import { assertPassword, hashPassword, randomPassword } from './passwords.js';
import { record } from './record.js';
import { endSamples, lockPeople } from './samples.js';
import { roleTitle, type Role, type UnitKind } from './roles/index.js';
import {
  findPerson,
  insertUnit,
  listPersons,
  listUnits,
  noSecondFactor,
  personEntity,
  roleGrantEntity,
  setLanguages,
  setOidcSubject,
  type Credentials,
  type Person,
  type Unit,
} from './store/person-store.js';
import { sessionEntity } from './store/session-store.js';
import { countedRoles, type Viewer } from './viewer.js';
import { actorName, loginIn } from '../kernel/actor.js';
import type { Using } from './parts.js';

export type PeopleDeps = Using<'clock' | 'database' | 'journal' | 'laws' | 'rules'>;

interface NewPerson {
  readonly login: string;
  readonly name: string;
  /** The unit's name. */
  readonly unit: string;
  readonly roles?: readonly Role[];
  /** Chosen by the person; default: a random one to be changed at the first log-in. */
  readonly password?: string;
  /** `issuer subject` of single sign-on. */
  readonly oidcSubject?: string;
  /** True for a sample account, which is closed when any other account is created. */
  readonly sample?: boolean;
  readonly firstAdministrator?: boolean;
}

interface Inserted {
  readonly id: number;
  /** The one-time password, if generated. */
  readonly password: string | undefined;
}

interface Grant {
  readonly person: number;
  readonly role: Role;
  readonly by: string;
  /** Number of the entry that granted the role; without it the role does not count. */
  readonly entry: number;
}

export interface People {
  units(): Promise<readonly Unit[]>;
  /** @throws {Refusal} `unit.exists`, `unit.not-found` (the parent) */
  addUnit(unit: { name: string; kind: UnitKind; parent?: string | undefined }, by: string): Promise<void>;
  list(): Promise<readonly Person[]>;
  /** The person in whose name somebody acts. @throws {Refusal} `person.not-found` */
  named(login: string): Promise<Pick<Viewer, 'login' | 'actor' | 'roles'>>;
  /**
   * @returns the one-time password, if generated
   * @throws {Refusal} `person.exists`, `unit.not-found`, `role.exclusive`
   */
  add(person: NewPerson, by: string): Promise<string | undefined>;
  addIn(transaction: Transaction, person: NewPerson, by: string): Promise<string | undefined>;
  /** Like `add` without roles and entry, for callers that record several people in one entry. */
  insertIn(transaction: Transaction, person: NewPerson, by: string): Promise<Inserted>;
  /** Grants a role that the entry with this number of the stream `accounts` has recorded. */
  insertGrant(transaction: Transaction, grant: Grant): Promise<unknown>;
  /** @throws {Refusal} `person.not-found`, `role.exclusive`, `role.own` for a grant to oneself */
  grant(login: string, role: Role, by: string): Promise<void>;
  /** @throws {Refusal} `person.not-found` */
  revoke(login: string, role: Role, by: string): Promise<void>;
  /** Ends all sessions; the person stays registered. @throws {Refusal} `person.not-found` */
  close(login: string, by: string): Promise<void>;
  /**
   * Links a log-in at the single sign-on, `issuer subject`; null unlinks.
   * @throws {Refusal} `person.not-found`, `person.exists`
   */
  link(login: string, oidcSubject: string | null, by: string): Promise<void>;
  /**
   * Sets the languages in which they answer callers, besides Chinese; sessions continue. @throws
   * {Refusal} `person.not-found`
   */
  speak(login: string, languages: readonly string[], by: string): Promise<void>;
  /** Sets a new one-time password and removes the second factor. @throws {Refusal} `person.not-found` */
  resetPassword(login: string, by: string): Promise<string>;
  /** Removes only the second factor, for a lost telephone. @throws {Refusal} `person.not-found` */
  resetSecondFactor(login: string, by: string): Promise<void>;
}

export function createPeople(deps: PeopleDeps): People {
  const { clock, database, laws, rules } = deps;

  const write = (transaction: Transaction, type: EntryType, body: JsonObject): Promise<number> =>
    record(deps, transaction, 'accounts', type, body);

  /**
   * Locks the person, applies the change, and ends sessions based on the earlier state; then runs
   * the work that needs the entry.
   */
  const change = (
    login: string,
    by: string,
    type: EntryType,
    work: (transaction: Transaction, person: Person & Credentials) => Promise<JsonObject | undefined>,
    recorded?: (transaction: Transaction, person: Person, entry: number) => Promise<unknown>,
  ): Promise<void> =>
    database.transaction(async (transaction) => {
      const person = await findPerson(transaction, { login }, 'FOR UPDATE OF p');
      if (!person || person.closedAt) throw notFound(login);
      const body = await work(transaction, person);
      if (!body) return;
      await transaction.repository(sessionEntity).delete({ person: person.id });
      const entry = await write(transaction, type, { of: login, actor: by, ...body });
      await recorded?.(transaction, person, entry);
    });

  const assertCompatible = (held: readonly Role[], role: Role): void => {
    for (const other of held) {
      const reason = rules.exclusion(role, other);
      if (reason === undefined) continue;
      throw new Refusal(
        'role.exclusive',
        `“${roleTitle(role, laws.today())}”与已有的“${roleTitle(other, laws.today())}”不能由一人担任：${reason}`,
        { where: 'role', remedy: '先收回另一角色，或授予别人' },
      );
    }
  };

  const insertGrant: People['insertGrant'] = (transaction, { person, role, by, entry }) =>
    insert(transaction, roleGrantEntity, { person, role, grantedAt: clock.now(), grantedBy: by, entry });

  const insertIn = async (
    transaction: Transaction,
    {
      login,
      name,
      unit,
      roles = [],
      password,
      oidcSubject,
      sample = false,
      firstAdministrator = false,
    }: NewPerson,
    by: string,
  ): Promise<Inserted> => {
    roles.forEach((role, index) => assertCompatible(roles.slice(0, index), role));
    if (!sample) {
      assertName(name, 'name', 'person');
      if (password !== undefined)
        await assertPassword(password, login, rules.limits.password.shortest, laws.today());
    }
    await lockPeople(transaction, { exclusive: false });
    if (!sample) await endSamples(deps, transaction, by);
    const made = password ?? (oidcSubject === undefined ? randomPassword() : undefined);
    const at = clock.now();
    const found = (await listUnits(transaction)).find((one) => one.name === unit);
    if (!found) throw unitNotFound(unit);
    const person = await insertIfAbsent(transaction, personEntity, {
      login,
      name,
      unit: found.id,
      password: made === undefined ? null : await hashPassword(made),
      mustChange: made !== undefined && password === undefined,
      oidcSubject: oidcSubject ?? null,
      sample,
      firstAdministrator,
      createdAt: at,
    });
    if (!person) {
      throw new Refusal('person.exists', `登录名“${login}”或其单点登录标识已有人使用`, {
        where: 'login',
        remedy: '换一个登录名',
      });
    }
    return { id: person.id, password: password === undefined ? made : undefined };
  };

  const addIn: People['addIn'] = async (transaction, person, by) => {
    const { id, password } = await insertIn(transaction, person, by);
    const { login, name, unit, roles = [] } = person;
    await write(transaction, 'person.added', { of: login, name, unit, actor: by });
    for (const role of roles) {
      const entry = await write(transaction, 'role.granted', { of: login, role, actor: by });
      await insertGrant(transaction, { person: id, role, by, entry });
    }
    return password;
  };

  return {
    units: () => database.transaction(listUnits),
    addUnit: ({ name, kind, parent }, by) =>
      database.transaction(async (transaction) => {
        assertName(name, 'name', 'unit');
        const units = await listUnits(transaction);
        if (parent !== undefined && !units.some((unit) => unit.name === parent)) throw unitNotFound(parent);
        if (!(await insertUnit(transaction, { name, kind, parent: parent ?? null }))) {
          throw new Refusal('unit.exists', `已有名为“${name}”的单位`, {
            where: 'name',
            remedy: '换一个名称，或者用已有的单位',
          });
        }
        await write(transaction, 'unit.added', { of: name, kind, parent: parent ?? null, actor: by });
      }),
    list: () => database.transaction(listPersons),
    named: async (login) => {
      const person = await database.transaction((transaction) => findPerson(transaction, { login }));
      if (!person || person.closedAt) throw notFound(login);
      return { login, actor: actorName(person), roles: countedRoles(rules, person) };
    },
    add: (person, by) => database.transaction((transaction) => addIn(transaction, person, by)),
    addIn,
    insertIn,
    insertGrant,
    grant: (login, role, by) =>
      change(
        login,
        by,
        'role.granted',
        (_transaction, person) => {
          if (person.roles.includes(role)) return Promise.resolve(undefined);
          if (loginIn(by) === login) {
            throw new Refusal('role.own', '不能给自己授予角色', { remedy: '请另一名安全管理员办理' });
          }
          assertCompatible(person.roles, role);
          return Promise.resolve({ role });
        },
        (transaction, { id }, entry) => insertGrant(transaction, { person: id, role, by, entry }),
      ),
    revoke: (login, role, by) =>
      change(login, by, 'role.revoked', async (transaction, person) => {
        if (!person.roles.includes(role)) return undefined;
        await transaction.repository(roleGrantEntity).delete({ person: person.id, role });
        return { role };
      }),
    close: (login, by) =>
      change(login, by, 'person.closed', async (transaction, person) => {
        await transaction.repository(personEntity).update(person.id, { closedAt: clock.now() });
        return {};
      }),
    // The subject may be a personal number, so the trail does not record it.
    link: (login, oidcSubject, by) =>
      change(
        login,
        by,
        oidcSubject === null ? 'person.unlinked' : 'person.linked',
        async (transaction, person) => {
          if (await setOidcSubject(transaction, person.id, oidcSubject)) return {};
          throw new Refusal('person.exists', '统一身份认证的这个用户已经关联了别的帐号', {
            where: 'subject',
            remedy: '先取消那一个的关联',
          });
        },
      ),
    speak: (login, languages, by) =>
      database.transaction(async (transaction) => {
        const person = await findPerson(transaction, { login }, 'FOR UPDATE OF p');
        if (!person || person.closedAt) throw notFound(login);
        const spoken = [...new Set(languages)].sort();
        if (spoken.join() === [...person.languages].sort().join()) return;
        await setLanguages(transaction, person.id, spoken);
        await write(transaction, 'person.languages-set', { of: login, languages: spoken, actor: by });
      }),
    resetPassword: async (login, by) => {
      const password = randomPassword();
      const hashed = await hashPassword(password);
      await change(login, by, 'password.reset', async (transaction, person) => {
        await transaction
          .repository(personEntity)
          .update(person.id, { password: hashed, mustChange: true, ...noSecondFactor });
        return {};
      });
      return password;
    },
    resetSecondFactor: (login, by) =>
      change(login, by, 'second-factor.reset', async (transaction, person) => {
        if (!person.secondFactor) return undefined;
        await transaction.repository(personEntity).update(person.id, noSecondFactor);
        return {};
      }),
  };
}

const notFound = (login: string): Refusal =>
  new Refusal('person.not-found', `没有登录名为“${login.slice(0, 60)}”的在用帐号`, {
    remedy:
      '写登录名，不写姓名；帐号列表见“人员”页（/api/persons）；还没有帐号的，先用 hotline setup 设管理员，由其开帐号、授角色',
  });

const unitNotFound = (name: string): Refusal =>
  new Refusal('unit.not-found', `没有名为“${name.slice(0, 60)}”的单位`, {
    where: 'unit',
    remedy: '单位列表见 /api/units',
  });
