/** The person of a session, and what they may see. */
import type { Transaction } from '../platform/database/index.js';
import type { Principal, Sight } from './principal.js';
import { recusalKey } from './recusals.js';
import type { Role } from './roles/index.js';
import type { AccessRules } from './rules.js';
import { unitsAbove, unitsBelow, type Person } from './store/person-store.js';
import { recusedFrom } from './store/recusal-store.js';
import type { Using } from './parts.js';
import { actorName } from '../kernel/actor.js';

/** A person with a session. */
export interface Viewer extends Principal {
  readonly person: Person;
  /** When they last authenticated. */
  readonly authAt: Date;
}

/** If two mutually exclusive roles were granted, neither counts. */
export const countedRoles = (rules: AccessRules, { roles }: Pick<Person, 'roles'>): readonly Role[] =>
  roles.filter((role) => roles.every((other) => rules.exclusion(role, other) === undefined));

export async function viewerOf(
  transaction: Transaction,
  { rules, vault }: Using<'rules' | 'vault'>,
  person: Person,
  authAt: Date,
): Promise<Viewer> {
  const roles = countedRoles(rules, person);
  const [units, above] = await Promise.all([
    unitsBelow(transaction, person.unit.id),
    unitsAbove(transaction, person.unit.id),
  ]);
  const boundBy = rules.boundBy(above);
  const seesAll = rules.seesAll(roles, person.unit.kind);
  const key = recusalKey(vault, person.login);
  const sight: Sight = seesAll
    ? { kind: 'all' }
    : { kind: 'units', units: rules.seesOwn(roles) ? units : [] };
  return {
    person,
    login: person.login,
    actor: actorName(person),
    roles,
    duties: rules.duties(roles, person.unit.kind),
    sight,
    units,
    belongsTo: boundBy,
    body: rules.standIns.wholeOf(above),
    languages: person.languages,
    recusedFrom: await recusedFrom(transaction, {
      person: key,
      boundBy,
      units,
      seesOthers: seesAll && rules.standIns.isBlind(roles, person.unit.kind),
    }),
    authAt,
  };
}
