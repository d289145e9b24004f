/**
 * Open accountability proceedings. Each unit and round of handling has at most one, whether for a
 * matter not handled under supervision or for a refusal to receive it.
 */
import { aList, aNumber, aRecord, aText, orNull } from '../../engine/index.js';
import { accusedIn } from '../../kernel/accused.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { countOf, listOf, textOf } from '../variables.js';

const lists = { 'not-handled': 'openAccountabilities', refusal: 'openRefusals' } as const;

const failures = aList(aRecord({ instance: aNumber, unit: orNull(aText), round: aNumber }));

/** Variables that handlers write when they open or end a proceeding. */
export const openLists = { openAccountabilities: failures, openRefusals: failures };

type Failure = keyof typeof lists;

const forWhom = (variables: JsonObject) => ({
  unit: unitAccused(variables) ?? textOf(variables, 'unit') ?? null,
  round: Math.max(1, countOf(variables, 'round')),
});

function unitAccused({ accused }: JsonObject): string | undefined {
  const one = accusedIn(accused);
  return one?.kind === 'unit' ? one.key : undefined;
}

export function isOpenFor(variables: JsonObject, failure: Failure): boolean {
  const { unit, round } = forWhom(variables);
  return listOf(variables, lists[failure]).some(
    (open: Json) => isJsonObject(open) && open.unit === unit && open.round === round,
  );
}

export const withOpen = (variables: JsonObject, failure: Failure, instance: number): JsonObject => ({
  [lists[failure]]: [...listOf(variables, lists[failure]), { instance, ...forWhom(variables) }],
});

/** The lists without the ended proceeding, whichever failure it was about. */
export const withoutOpen = (variables: JsonObject, instance: number): JsonObject =>
  Object.fromEntries(
    Object.values(lists)
      .filter((key) => variables[key] !== undefined)
      .map((key) => [
        key,
        listOf(variables, key).filter((open) => !isJsonObject(open) || open.instance !== instance),
      ]),
  );
