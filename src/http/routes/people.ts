import { toShanghaiIso } from '../../kernel/civil-date.js';
import { roleTitles, type Person, type UnitKind } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import { unitKindName } from '../../kernel/kinds.js';
import type { Law } from '../../kernel/law.js';
import type { z } from 'zod';
import type { peopleOperations, spoken } from '../contract/people.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function peopleHandlers({
  identity: { people },
  laws,
}: HttpDeps): Pick<Handlers, keyof typeof peopleOperations> {
  const personNow = async (login: string) => {
    const person = (await people.list()).find((one) => one.login === login);
    if (!person) throw new Refusal('person.not-found', `没有登录名为“${login}”的帐号`);
    return { status: 200 as const, body: personView(person) };
  };
  return {
    listUnits: async () => {
      const law = laws.today();
      return { status: 200, body: { items: (await people.units()).map((unit) => unitView(unit, law)) } };
    },
    addUnit: async ({ viewer, body }) => {
      await people.addUnit(body, viewer.actor);
      return { status: 201, body: unitView({ ...body, parent: body.parent ?? null }, laws.today()) };
    },
    listPersons: async () => ({ status: 200, body: { items: (await people.list()).map(personView) } }),
    addPerson: async ({ viewer, body: { oidcSubject, ...person } }) => {
      const given = { ...person, ...(oidcSubject === undefined ? {} : { oidcSubject }) };
      return { status: 201, body: { password: (await people.add(given, viewer.actor)) ?? null } };
    },
    grantRole: async ({ viewer, params: { login, role } }) => {
      await people.grant(login, role, viewer.actor);
      return personNow(login);
    },
    revokeRole: async ({ viewer, params: { login, role } }) => {
      await people.revoke(login, role, viewer.actor);
      return personNow(login);
    },
    setLanguages: async ({ viewer, params: { login }, body }) => {
      await people.speak(login, body.languages, viewer.actor);
      return personNow(login);
    },
    resetPassword: async ({ viewer, params: { login } }) => ({
      status: 200,
      body: { password: await people.resetPassword(login, viewer.actor) },
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

const unitView = (
  { name, kind, parent }: { name: string; kind: UnitKind; parent: string | null },
  law: Law,
) => ({
  name,
  kind,
  kindName: unitKindName(kind, law),
  parent,
});

/** The table holds no other. */
type Spoken = z.input<typeof spoken>;

const personView = (person: Person) => ({
  login: person.login,
  name: person.name,
  unit: person.unit.name,
  roles: person.roles.map((id) => ({ id, title: roleTitles[id] })),
  createdAt: toShanghaiIso(person.createdAt),
  closedAt: person.closedAt ? toShanghaiIso(person.closedAt) : null,
  mustChangePassword: person.mustChange,
  secondFactor: person.secondFactor,
  singleSignOn: person.singleSignOn,
  languages: person.languages as Spoken,
});
