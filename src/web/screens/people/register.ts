/** The unit tree. */
import type { Output } from '../../api/client.js';

export type Unit = Output<'listUnits'>['items'][number];
export type Person = Output<'listPersons'>['items'][number];

export interface Branch {
  readonly unit: Unit;
  readonly below: readonly Branch[];
}

export function branches(units: readonly Unit[], parent: string | null = null): readonly Branch[] {
  return units
    .filter((unit) => unit.parent === parent)
    .map((unit) => ({ unit, below: branches(units, unit.name) }));
}

/** Names of a unit and its sub-units. */
export function namesUnder(units: readonly Unit[], name: string): ReadonlySet<string> {
  const names = new Set([name]);
  // Parents precede children in the register.
  for (const unit of units) if (unit.parent !== null && names.has(unit.parent)) names.add(unit.name);
  return names;
}

export const isAbout = (person: Person, words: string): boolean =>
  [person.login, person.name, person.unit, ...person.roles.map(({ title }) => title)].some((text) =>
    text.includes(words.trim()),
  );
