/**
 * Recusal: a unit that is complained about or has an interest gets neither the matter nor the caller's data.
 * Unit names are compared as written in the forms, ignoring spaces.
 */
import type { JsonObject } from '../kernel/index.js';
import type { Party } from '../engine/index.js';
import { listOf, textOf } from './variables.js';

const separators = /[、，,；;]/;

/** Units in one form field, separated by 、, comma or semicolon. */
export function unitsIn(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(separators)
    .map((name) => name.replaceAll(/\s/g, ''))
    .filter((name) => name !== '');
}

/** Complained about, with an interest, or demanded to withdraw and not yet decided on. */
export function recusedUnits(variables: JsonObject): readonly string[] {
  return [
    ...new Set([
      ...unitsIn(textOf(variables, 'accusedUnit')),
      ...unitsIn(textOf(variables, 'interestedUnits')),
      ...unitsIn(textOf(variables, 'suspendedUnits')),
    ]),
  ];
}

/** Lead and supporting units and a body asked to coordinate, each once, without those that must withdraw. */
export function unitsOf(variables: JsonObject): readonly Party[] {
  const recused = new Set(recusedUnits(variables));
  const lead = textOf(variables, 'unit')?.replaceAll(/\s/g, '');
  return [...new Set(assignedUnits(variables))]
    .filter((name) => !recused.has(name))
    .map((name) => ({ name, leads: name === lead }));
}

const assignedUnits = (variables: JsonObject): readonly string[] => [
  ...unitsIn(textOf(variables, 'unit')),
  ...listOf(variables, 'passedOnBy').flatMap((name) => (typeof name === 'string' ? unitsIn(name) : [])),
  ...unitsIn(textOf(variables, 'supportingUnits')),
  ...unitsIn(textOf(variables, 'coordinatingUnit')),
];

export function mustWithdraw(variables: JsonObject): boolean {
  const recused = new Set(recusedUnits(variables));
  return assignedUnits(variables).some((name) => recused.has(name));
}
