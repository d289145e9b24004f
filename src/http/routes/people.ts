import type { Said } from '../contract/operation.js';
import { roleTitle, type Person, type Role, type UnitKind } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import { unitKindName } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import type { peopleOperations, spoken } from '../contract/people.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

const mostFound = 50;

export function peopleHandlers({
  identity: { people, units },
  laws,
}: HttpDeps): Pick<Handlers, keyof typeof peopleOperations> {
  const personNow = async (login: string) => {
    const person = (await people.list()).find((one) => one.login === login);
    if (!person)
      throw new Refusal('person.not-found', `没有登录名为“${login}”的帐号`, { remedy: '从帐号的清单里选' });
    return personView(person, laws.today());
  };
  return {
    listUnits: async () => {
      const law = laws.today();
      return { items: (await people.units()).map((unit) => unitView(unit, law)) };
    },
    findAccused: async ({ query: { q = '' } }, transaction) => ({
      items: [...(await units.find(transaction, q, mostFound))],
    }),
    addUnit: async ({ viewer, body }) => {
      await people.addUnit(body, viewer.actor);
      return unitView({ ...body, parent: body.parent ?? null }, laws.today());
    },
    listPersons: async () => {
      const law = laws.today();
      return { items: (await people.list()).map((person) => personView(person, law)) };
    },
    addPerson: async ({ viewer, body: { oidcSubject, ...person } }) => {
      const given = { ...person, ...(oidcSubject === undefined ? {} : { oidcSubject }) };
      return { password: (await people.add(given, viewer.actor)) ?? null };
    },
    grantRole: async ({ viewer, params: { login, role } }) => {
      await people.grant(login, role as Role, viewer.actor);
      return personNow(login);
    },
    revokeRole: async ({ viewer, params: { login, role } }) => {
      await people.revoke(login, role as Role, viewer.actor);
      return personNow(login);
    },
    setLanguages: async ({ viewer, params: { login }, body }) => {
      await people.speak(login, body.languages, viewer.actor);
      return personNow(login);
    },
    resetPassword: async ({ viewer, params: { login } }) => ({
      password: await people.resetPassword(login, viewer.actor),
    }),
    resetSecondFactor: async ({ viewer, params: { login } }) => {
      await people.resetSecondFactor(login, viewer.actor);
      return personNow(login);
    },
    closePerson: async ({ viewer, params: { login } }) => {
      await people.close(login, viewer.actor);
      return personNow(login);
    },
  };
}

const unitView = (unit: { name: string; kind: UnitKind; parent: string | null }, law: Law) => ({
  ...unit,
  kindName: unitKindName(unit.kind, law),
});

/** The table holds no other languages. */
type Spoken = Said<typeof spoken>;

const personView = (person: Person, law: Law) => ({
  ...person,
  unit: person.unit.name,
  roles: person.roles.map((id) => ({ id, title: roleTitle(id, law) })),
  mustChangePassword: person.mustChange,
  languages: person.languages as Spoken,
});
