/** Projects units, accounts and roles. */
import { changes, from, projector, puts, removes, same } from '../accountability/index.js';

const stands = { stream: 'accounts' };

const unit = ({ of: name, kind, parent }: { of: string; kind: string; parent: string | null }) =>
  puts({ name, kind, parent });

export const unitProjector = projector({
  table: 'unit',
  source: '(SELECT u.name, u.kind, p.name AS parent FROM unit u LEFT JOIN unit p ON p.id = u.parent)',
  stands,
  key: ['name'],
  columns: { name: same('单位'), kind: same('种类'), parent: same('上级') },
  project: {
    'unit.added': ({ body }) => unit(body),
    'samples.added': ({ body }) => (body.units ?? []).map(unit),
  },
});

const person = ({ of: login, name, unit }: { of: string; name: string; unit: string }) =>
  puts({ login, name, unit, used: true });

export const personProjector = projector({
  table: 'person',
  source: `(SELECT p.login, p.name, u.name AS unit, p.closed_at FROM person p JOIN unit u ON u.id = p.unit)`,
  stands,
  key: ['login'],
  columns: {
    login: same('登录名'),
    name: same('姓名'),
    unit: same('单位'),
    used: from<{ closed_at: Date | null }>('在用', ['closed_at'], ({ closed_at: at }) => at === null),
  },
  project: {
    'person.added': ({ body }) => person(body),
    'samples.added': ({ body }) => body.persons.map(person),
    'person.closed': ({ body: { of: login } }) => changes({ login, used: false }),
  },
});

export const roleProjector = projector({
  table: 'role_grant',
  source: '(SELECT p.login, g.role FROM role_grant g JOIN person p ON p.id = g.person)',
  stands,
  key: ['login', 'role'],
  columns: { login: same('登录名'), role: same('角色') },
  project: {
    'role.granted': ({ body: { of: login, role } }) => puts({ login, role }),
    'samples.added': ({ body }) => body.persons.map(({ of: login, role }) => puts({ login, role })),
    'role.revoked': ({ body: { of: login, role } }) => removes({ login, role }),
  },
});
