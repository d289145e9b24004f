/** The first people: real ones by `hotline setup`, once; sample accounts otherwise. */
import type { Body } from '../accountability/events/index.js';
import { Refusal } from '../kernel/index.js';
import { hotlineKind } from '../kernel/kinds.js';
import type { Transaction } from '../platform/database/index.js';
import { assertName } from './names.js';
import { hashPassword, randomPassword } from './passwords.js';
import type { People } from './people.js';
import { record } from './record.js';
import { roleTitle, type Role } from './roles/index.js';
import {
  insertUnit,
  listPersons,
  listUnits,
  noSecondFactor,
  personEntity,
  type Unit,
} from './store/person-store.js';
import { readSamplePeople } from './sample-people.js';
import { endSamples, lockPeople } from './samples.js';
import { sessionEntity } from './store/session-store.js';
import type { Using } from './parts.js';

interface Administrator {
  readonly login: string;
  readonly name: string;
  /** The hotline's own unit; created if missing. */
  readonly unit: string;
  readonly password: string;
}

export interface SampleLogin {
  readonly login: string;
  readonly password: string;
  readonly unit: string;
  readonly roles: readonly string[];
}

export interface Setup {
  stage(): Promise<Stage>;
  /**
   * Creates the first 安全管理员, who appoints all others. Closes sample accounts.
   * @throws {Refusal} `setup.done`, `input.invalid`
   */
  setUp(administrator: Administrator): Promise<void>;
  /** Creates one sample person per role, with new random passwords at every call; none if other accounts exist. */
  samplePeople(): Promise<readonly SampleLogin[]>;
  /** Call for a production database. @returns number of sample accounts closed */
  endSamples(): Promise<number>;
}

/** `none`: no accounts; `sample`: sample accounts only; `others`: other accounts, but not set up; `real`: set up. */
type Stage = 'none' | 'sample' | 'others' | 'real';

const actor = '系统设置';

type SampleEntry = Body<'samples.added'>['persons'][number];

const entryOf = ({ name, kind, parent }: Omit<Unit, 'id'>) => ({ of: name, kind, parent });

export function createSetup(
  deps: Using<'clock' | 'database' | 'journal' | 'laws'> & {
    readonly people: People;
  },
): Setup {
  const { database, laws, people } = deps;

  const stageIn = async (transaction: Transaction): Promise<Stage> => {
    const persons = await transaction.repository(personEntity).find();
    if (persons.some((person) => person.firstAdministrator)) return 'real';
    return persons.some((person) => !person.sample) ? 'others' : persons.length > 0 ? 'sample' : 'none';
  };

  /** Programs take turns. */
  const alone = <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> =>
    database.transaction(async (transaction) => {
      await lockPeople(transaction, { exclusive: true });
      return work(transaction);
    });

  return {
    stage: () => database.transaction(stageIn),
    setUp: ({ login, name, unit, password }) =>
      alone(async (transaction) => {
        if ((await stageIn(transaction)) === 'real') {
          throw new Refusal('setup.done', '第一名管理员早已设置', {
            remedy: '请安全管理员在“人员”里开帐号、授角色',
          });
        }
        assertName(unit, 'unit', 'unit');
        const hotline = { name: unit, kind: hotlineKind(laws.today()), parent: null };
        if (await insertUnit(transaction, hotline))
          await record(deps, transaction, 'accounts', 'unit.added', { ...entryOf(hotline), actor });
        const roles = ['security-admin'] as const;
        const first = { login, name, unit, password, roles, firstAdministrator: true };
        await people.addIn(transaction, first, actor);
      }),
    samplePeople: () =>
      alone(async (transaction) => {
        if (!['none', 'sample'].includes(await stageIn(transaction))) return [];
        const standing = new Set((await listUnits(transaction)).map((unit) => unit.name));
        const samples = readSamplePeople();
        const units = samples.units.filter((unit) => !standing.has(unit.name));
        for (const unit of units) await insertUnit(transaction, unit);
        const known = new Map((await listPersons(transaction)).map((person) => [person.login, person]));
        const logins: SampleLogin[] = [];
        const added: SampleEntry[] = [];
        const granted: { readonly person: number; readonly role: Role }[] = [];
        for (const { login, role, unit } of samples.people) {
          const password = randomPassword();
          const person = known.get(login);
          if (person) {
            const renewed = { password: await hashPassword(password), mustChange: false, ...noSecondFactor };
            await transaction.repository(personEntity).update(person.id, renewed);
            await transaction.repository(sessionEntity).delete({ person: person.id });
          } else {
            const name = `示例${roleTitle(role, laws.today())}`;
            const sample = { login, name, unit, roles: [role], password, sample: true };
            const { id } = await people.insertIn(transaction, sample, actor);
            added.push({ of: login, name, unit, role });
            granted.push({ person: id, role });
          }
          logins.push({ login, password, unit, roles: [roleTitle(role, laws.today())] });
        }
        // One entry for all sample accounts, so that a city's trail does not begin with fifty of
        // them.
        if (added.length > 0 || units.length > 0) {
          const made = { units: units.map(entryOf), persons: added, actor };
          const entry = await record(deps, transaction, 'accounts', 'samples.added', made);
          for (const one of granted) await people.insertGrant(transaction, { ...one, by: actor, entry });
        }
        return logins;
      }),
    endSamples: () => alone((transaction) => endSamples(deps, transaction, actor)),
  };
}
