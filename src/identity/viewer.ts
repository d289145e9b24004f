/** Who is at it, and what is theirs to see. */
import type { Transaction } from '../persistence/index.js';
import type { Principal, Sight } from './principal.js';
import type { AccessRules } from './rules.js';
import { unitsBelow, type Person } from './store/person-store.js';

/** A person with a session. */
export interface Viewer extends Principal {
  readonly person: Person;
  /** When they last proved who they are. */
  readonly authAt: Date;
}

export const actorOf = ({ name, login }: Pick<Person, 'name' | 'login'>): string => `${name}(${login})`;

/** Roles that exclude each other give no power, whatever the grants say: then none of the pair counts. */
export async function viewerOf(
  transaction: Transaction,
  rules: AccessRules,
  person: Person,
  authAt: Date,
): Promise<Viewer> {
  const roles = person.roles.filter((role) =>
    person.roles.every((other) => rules.exclusion(role, other) === undefined),
  );
  const units = await unitsBelow(transaction, person.unit.id);
  const sight: Sight = rules.seesAll(roles, person.unit.kind)
    ? { kind: 'all' }
    : { kind: 'units', units: rules.seesOwn(roles) ? units : [] };
  return {
    person,
    actor: actorOf(person),
    roles,
    duties: rules.duties(roles, person.unit.kind),
    sight,
    units,
    authAt,
  };
}
