/** Accountability for a matter not handled under supervision that is open: at most one for a unit and a round of handling. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { countOf, listOf, textOf } from '../variables.js';

const key = 'openAccountabilities';

const forWhom = (variables: JsonObject) => ({
  unit: textOf(variables, 'unit') ?? null,
  round: Math.max(1, countOf(variables, 'round')),
});

export function isOpenFor(variables: JsonObject): boolean {
  const { unit, round } = forWhom(variables);
  return listOf(variables, key).some(
    (open: Json) => isJsonObject(open) && open.unit === unit && open.round === round,
  );
}

export const withOpen = (variables: JsonObject, instance: number): JsonObject => ({
  [key]: [...listOf(variables, key), { instance, ...forWhom(variables) }],
});

export const withoutOpen = (variables: JsonObject, instance: number): JsonObject => ({
  [key]: listOf(variables, key).filter((open) => !isJsonObject(open) || open.instance !== instance),
});
