/** Variables of an assessment run: the approved method, the counts, the groups of compared units. */
import { aList, anything, aText } from '../../engine/index.js';
import {
  figuresOf,
  measureKeys,
  methodOf,
  type Count,
  type Counts,
  type Method,
  type MeasureKey,
} from '../../measures/assessment/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { objectOf } from '../variables.js';

export const methodIn = (variables: JsonObject, law: Law): Method | undefined =>
  methodOf(variables.method, law);

/** Counts by unit and measure, taken from the trail when the period was closed. */
export function countsIn(variables: JsonObject, law: Law): Counts {
  return Object.fromEntries(
    Object.entries(objectOf(variables, 'counts')).map(([unit, measured]) => [
      unit,
      Object.fromEntries(
        measureKeys(law).flatMap((key): [MeasureKey, Count][] =>
          isJsonObject(measured) && key in measured ? [[key, countOf(measured[key])]] : [],
        ),
      ),
    ]),
  );
}

function countOf(value: Json | undefined): Count {
  const { met, of } = isJsonObject(value) ? value : {};
  return { met: whole(met), of: whole(of) };
}

const whole = (value: Json | undefined): number =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : 0;

export const ofFigures = { figures: aList(anything), poorUnits: aList(aText) };

/** Results under a method: `figures` by unit, and the units that must improve (`poorUnits`). */
export function computed(variables: JsonObject, method: Method, counts: Counts, law: Law): JsonObject {
  const groups = objectOf(variables, 'groups');
  const groupOf = (unit: string) => {
    const group = groups[unit];
    return typeof group === 'string' ? group : null;
  };
  const figures = figuresOf(method, counts, groupOf, law);
  return {
    figures: figures.map((one) => ({ ...one })),
    poorUnits: figures.filter(({ poor }) => poor).map(({ unit }) => unit),
  };
}
