/** Units of every kind, accounts of every role, and how they change until they are closed. */
import { roles, type Role } from '../../src/identity/index.js';
import type { SignedIn } from '../support/people.js';
import { refused } from './accounts-asking.js';
import type { Day } from './day.js';

const unitOf = (kind: string): string => `帐号篇${kind}`;

const placeOf = (role: Role): string =>
  unitOf(role === 'handler' ? 'department' : role === 'inspector' ? 'inspection' : 'hotline');

const loginOf = (role: Role): string => `acc-${role}`;

export async function people(day: Day): Promise<void> {
  const security = await day.person({ login: 'acc-officer', roles: ['security-admin'] });
  const operator = await day.person({ login: 'acc-operator', roles: ['system-admin'] });
  await units(day, security, operator);
  for (const role of roles) {
    const body = { login: loginOf(role), name: `帐号篇${role}`, unit: placeOf(role) };
    await day.call('addPerson', { as: role === 'handler' ? operator : security, body });
    await day.call('grantRole', { as: security, params: { login: loginOf(role), role } });
  }
  await day.call('addPerson', {
    as: security,
    body: {
      login: 'acc-linked',
      name: '赵关联',
      unit: unitOf('hotline'),
      oidcSubject: 'https://sso.example 1',
    },
  });
  await changes(day, security, operator);
  await day.call('readAccountJournal', { query: { about: loginOf('intake') } });
}

async function units(day: Day, security: SignedIn, operator: SignedIn): Promise<void> {
  for (const [index, { key: kind }] of day.served.system.laws.today().unitKinds.entries()) {
    const body = { name: unitOf(kind), kind };
    await day.call('addUnit', { as: index % 2 === 0 ? security : operator, body });
    const below = { name: `${unitOf(kind)}下属`, kind, parent: unitOf(kind) };
    await day.call('addUnit', { as: index % 2 === 0 ? operator : security, body: below });
  }
  const known = { name: unitOf('department'), kind: 'department' };
  await refused(day, 'unit.exists', '/api/units', { as: security, body: known });
}

async function changes(day: Day, security: SignedIn, operator: SignedIn): Promise<void> {
  const of = (login: string, role: Role) => ({ as: security, params: { login, role } });
  const intake = loginOf('intake');
  for (const role of ['reviewer', 'supervisor', 'assessor'] as const)
    await day.call('grantRole', of(intake, role));
  await day.call('grantRole', of(intake, 'reviewer'));
  await day.call('revokeRole', of(intake, 'reviewer'));
  await day.call('revokeRole', of(intake, 'reviewer'));
  await day.call('grantRole', of(intake, 'reviewer'));
  const exclusive = `/api/persons/${intake}/roles/handler`;
  await refused(day, 'role.exclusive', exclusive, { as: security, method: 'PUT' });
  await refused(day, 'role.own', '/api/persons/acc-officer/roles/audit-admin', {
    as: security,
    method: 'PUT',
  });
  const speak = (languages: readonly string[], as: SignedIn) =>
    day.call('setLanguages', { as, params: { login: intake }, body: { languages } });
  await speak(['en', 'fr'], security);
  await speak(['en', 'fr'], operator);
  await speak(['ru'], operator);
  await speak([], operator);
  for (let twice = 0; twice < 2; twice += 1)
    await day.call('resetPassword', { as: security, params: { login: loginOf('reviewer') } });
  await day.call('resetSecondFactor', { as: security, params: { login: loginOf('reviewer') } });
  for (const login of [loginOf('compliance-editor'), 'acc-linked'])
    await day.call('closePerson', { as: security, params: { login } });
  const closed = `/api/persons/${loginOf('compliance-editor')}/password-reset`;
  await refused(day, 'person.not-found', closed, { as: security, body: {} });
}
