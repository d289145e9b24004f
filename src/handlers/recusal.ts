/**
 * Recusal (Art 32): who is complained of or has an interest gets neither the matter nor the caller's data.
 * Names of units are compared as they were written in the forms, apart from spaces.
 */
import type { JsonObject } from '../kernel/index.js';
import type { Party } from '../engine/index.js';
import { textOf } from './variables.js';

const separators = /[、，,；;]/;

/** Units named in one form field, separated by 、, comma or semicolon. */
export function unitsIn(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(separators)
    .map((name) => name.replaceAll(/\s/g, ''))
    .filter((name) => name !== '');
}

export function recusedUnits(variables: JsonObject): readonly string[] {
  return [
    ...new Set([
      ...unitsIn(textOf(variables, 'accusedUnit')),
      ...unitsIn(textOf(variables, 'interestedUnits')),
    ]),
  ];
}

/** Whose the sheet is: lead and supporting units, each once, but none that has to withdraw. */
export function unitsOf(variables: JsonObject): readonly Party[] {
  const recused = new Set(recusedUnits(variables));
  const lead = textOf(variables, 'unit')?.replaceAll(/\s/g, '');
  return [...new Set(assignedUnits(variables))]
    .filter((name) => !recused.has(name))
    .map((name) => ({ name, leads: name === lead }));
}

const assignedUnits = (variables: JsonObject): readonly string[] => [
  ...unitsIn(textOf(variables, 'unit')),
  ...unitsIn(textOf(variables, 'supportingUnits')),
];

/** True where the lead unit or a supporting unit has to withdraw. */
export function mustWithdraw(variables: JsonObject): boolean {
  const recused = new Set(recusedUnits(variables));
  return assignedUnits(variables).some((name) => recused.has(name));
}
