/** Units, accounts and roles, against the stream `accounts`. */
import { comparison } from '../../accountability/index.js';
import { comparedPeople, peopleTables as tables } from '../../identity/index.js';
import { differencesOf, say, type Gathered } from './gathered.js';

type People = Readonly<Record<(typeof tables)[number], Gathered>>;

const types = [
  'unit.added',
  'person.added',
  'samples.added',
  'person.closed',
  'role.granted',
  'role.revoked',
];

export const peopleComparison = comparison<People>({
  tables,
  stream: 'accounts',
  reads: (stream) => stream === 'accounts',
  takes: (type) => types.includes(type),
  begin: () => ({ unit: new Map(), person: new Map(), role_grant: new Map() }),
  add: (people, entry) => {
    const unit = (one: { of: string; kind: string; parent: string | null }): void =>
      say(people.unit, one.of, { 种类: one.kind, 上级: one.parent }, entry);
    const person = (one: { of: string; name: string; unit: string }): void =>
      say(people.person, one.of, { 姓名: one.name, 单位: one.unit, 在用: '是' }, entry);
    const role = (login: string, name: string): void => say(people.role_grant, `${login} ${name}`, {}, entry);
    switch (entry.type) {
      case 'unit.added':
        unit(entry.body);
        break;
      case 'person.added':
        person(entry.body);
        break;
      case 'samples.added':
        for (const one of entry.body.units ?? []) unit(one);
        for (const one of entry.body.persons) {
          person(one);
          role(one.of, one.role);
        }
        break;
      case 'person.closed':
        say(people.person, entry.body.of, { 在用: '否' }, entry);
        break;
      case 'role.granted':
        role(entry.body.of, entry.body.role);
        break;
      case 'role.revoked':
        people.role_grant.delete(`${entry.body.of} ${entry.body.role}`);
        break;
      default:
    }
    return people;
  },
  compare: async (transaction, ended) => {
    const rows = await comparedPeople(transaction);
    return [...ended.values()].flatMap((people) =>
      tables.flatMap((table) =>
        differencesOf(
          table,
          rows.filter((row) => row.table === table),
          people[table],
        ),
      ),
    );
  },
});
