import { anInstant, aRecord, orNull } from '../../engine/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { listOf } from '../variables.js';

/** An instant that a correction of the calendar has moved. */
export const aMove = aRecord({ from: anInstant, to: orNull(anInstant) });

/** @returns maps an instant (ISO 8601) by the list `{from, to}` of that name; instants not listed stay unchanged */
export function redating(variables: JsonObject, name: string): (instant: Json) => Json {
  const moves = listOf(variables, name).filter(isJsonObject);
  const to = new Map(moves.map((move) => [move.from, move.to ?? null]));
  return (instant) => to.get(instant) ?? instant;
}
