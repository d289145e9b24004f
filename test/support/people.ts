/** People with sessions, created on demand, with the roles that a duty or an operation needs. */
import type { Access } from '../../src/http/contract/operation.js';
import { sessionCookieName } from '../../src/http/session-cookie.js';
import { csrfTokenOf, roles, type Identity, type Role, type UnitKind } from '../../src/identity/index.js';
import type { Database } from '../../src/platform/database/index.js';
import { actorName } from '../../src/kernel/actor.js';

export interface SignedIn {
  readonly login: string;
  /** As the trail names them. */
  readonly actor: string;
  readonly secret: string;
  readonly headers: { readonly cookie: string; readonly 'x-csrf-token': string };
}

/** For functions that are given a person and no session; the person has every role. */
export const somebody = (login: string, actor = login) => ({ login, actor, roles });

export interface Newcomer {
  readonly login: string;
  readonly name?: string;
  /** Created if it does not exist. */
  readonly unit?: string;
  readonly kind?: UnitKind;
  readonly parent?: string;
  readonly roles: readonly Role[];
}

interface Parts {
  readonly identity: Identity;
  readonly database: Database;
}

/** Somebody new with a session of their own. */
export async function newcomer(
  parts: Parts,
  { login, name = login, unit = '市热线工作机构', kind = 'hotline', parent, roles }: Newcomer,
): Promise<SignedIn> {
  const { people } = parts.identity;
  if (!(await people.units()).some((one) => one.name === unit)) {
    await people.addUnit({ name: unit, kind, parent }, '测试');
  }
  await people.add({ login, name, unit, roles, oidcSubject: `test ${login}` }, '测试');
  return { login, actor: actorName({ name, login }), ...(await sessionOf(parts, login)) };
}

/** The clock may have moved past the end of the session. */
async function renewed(parts: Parts, before: Promise<SignedIn>): Promise<SignedIn> {
  const known = await before;
  if (await parts.identity.sessions.stands(known.secret)) return known;
  return { ...known, ...(await sessionOf(parts, known.login)) };
}

/** A session of an existing person. */
export async function sessionOf({ identity: { people, sessions }, database }: Parts, login: string) {
  const person = (await people.list()).find((one) => one.login === login);
  if (!person) throw new Error(`there is no ${login}`);
  const secret = await database.transaction((transaction) => sessions.openIn(transaction, person));
  return { secret, headers: headersOf(secret) };
}

export const headersOf = (secret: string): SignedIn['headers'] => ({
  cookie: `${sessionCookieName()}=${secret}`,
  'x-csrf-token': csrfTokenOf(secret),
});

/** Roles of the hotline's own people that one person may hold together. */
const versatile: readonly Role[] = ['intake', 'reviewer', 'supervisor', 'assessor'];

const placeOf: { readonly [duty: string]: Omit<Newcomer, 'login'> } = {
  'general-office': { unit: '市政府办公厅', kind: 'general-office', roles: ['supervisor'] },
  government: { unit: '市人民政府', kind: 'government', roles: ['supervisor'] },
  'district-supervisor': { unit: '某区政府', kind: 'district', roles: ['supervisor'] },
  inspector: { unit: '市监察机关', kind: 'inspection', roles: ['inspector'] },
  adjudicator: { unit: '市监察机关', kind: 'inspection', roles: ['inspector'] },
  'review-panel': { unit: '市监察机关', kind: 'inspection', roles: ['inspector'] },
};

/** Bodies by the names that the package gives them. */
const bodyKinds: { readonly [name: string]: UnitKind } = {
  市热线工作机构: 'hotline',
  市政府办公厅: 'general-office',
  市人民政府: 'government',
  市监察机关: 'inspection',
};

/** Somebody of the unit that orders a correction, or corrects. */
const inUnit = (unit: string): Omit<Newcomer, 'login'> => {
  const kind = bodyKinds[unit];
  return kind === 'inspection'
    ? { unit, kind, roles: ['inspector'] }
    : { unit, kind: kind ?? 'department', roles: [kind ? 'supervisor' : 'handler'] };
};

export interface People {
  /** A person with that name for tasks of that duty, for a unit's duty in that unit. The same at every call. */
  doing(duty: string | null, name: string, unit?: string): Promise<SignedIn>;
  /** A person who may call the operation: of the hotline's own people if possible. */
  allowed(access: Access): Promise<SignedIn>;
}

/** @param logins beginning of the log-in names */
export function createPeople(parts: Parts, logins = 'p'): People {
  const known = new Map<string, Promise<SignedIn>>();
  const person = (name: string, place: Omit<Newcomer, 'login'>): Promise<SignedIn> => {
    const key = [name, place.unit, ...place.roles].join(' ');
    const before = known.get(key);
    const made = before
      ? renewed(parts, before)
      : newcomer(parts, { ...place, name, login: `${logins}${known.size + 1}` });
    known.set(key, made);
    return made;
  };
  return {
    doing: (duty, name, unit = '某水务局') =>
      person(
        name,
        duty === 'superior' || duty === 'body'
          ? inUnit(unit)
          : duty === 'unit'
            ? { unit, kind: 'department', roles: ['handler'] }
            : (placeOf[duty ?? ''] ?? { roles: versatile }),
      ),
    allowed: (access) => {
      const role = typeof access === 'string' ? undefined : access[0];
      const one = role === undefined || versatile.some((held) => access.includes(held));
      return one ? person('受理员甲', { roles: versatile }) : person(role, { roles: [role] });
    },
  };
}
