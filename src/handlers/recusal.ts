/**
 * Recusal: a unit that is complained about or has an interest gets neither the matter nor the caller's data.
 * Units are compared by their names.
 */
import { isJsonObject, type JsonObject } from '../kernel/index.js';
import type { Party } from '../engine/index.js';
import { listOf } from './variables.js';
import { unitNamed, unitsNamed, type UnitName } from '../kernel/unit-name.js';

/** Variables that `recusedUnits` reads. */
export const ofRecused = 'accusedUnit interestedUnits suspendedUnits';

/** Units that are complained about, have an interest, or whose demanded recusal is undecided. */
export function recusedUnits(variables: JsonObject): readonly UnitName[] {
  return [
    ...new Set([
      ...unitsNamed(variables.accusedUnit),
      ...unitsNamed(variables.interestedUnits),
      ...unitsNamed(variables.suspendedUnits),
    ]),
  ];
}

/** Lead and supporting units and a body asked to coordinate, each once, without recused ones. */
export function unitsOf(variables: JsonObject): readonly Party[] {
  const recused = new Set(recusedUnits(variables));
  const lead = unitNamed(variables.unit);
  return [...new Set(assignedUnits(variables))]
    .filter((name) => !recused.has(name))
    .map((name) => ({ name, leads: name === lead }));
}

const assignedUnits = (variables: JsonObject): readonly UnitName[] => [
  ...unitsNamed(variables.unit),
  ...listOf(variables, 'passedOnBy').flatMap(unitsNamed),
  ...unitsNamed(variables.supportingUnits),
  ...unitsNamed(variables.coordinatingUnit),
];

/** A unit among those that the answers hand the case to which had it and has since been recused. */
export function withdrawnAmong(answers: JsonObject, variables: JsonObject): UnitName | undefined {
  const recused = new Set([...unitsNamed(variables.accusedUnit), ...unitsNamed(variables.interestedUnits)]);
  const had = listOf(variables, 'recusalSeen').flatMap((one) =>
    isJsonObject(one) ? unitsNamed(one.unit) : [],
  );
  return assignedUnits(answers).find((name) => recused.has(name) && had.includes(name));
}

export function mustWithdraw(variables: JsonObject): boolean {
  const recused = new Set(recusedUnits(variables));
  return assignedUnits(variables).some((name) => recused.has(name));
}
