import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { listOf } from '../variables.js';

/** @returns what an instant (ISO 8601) is by the list `{from, to}` of that name; itself where the list has none */
export function redating(variables: JsonObject, name: string): (instant: Json) => Json {
  const moves = listOf(variables, name).filter(isJsonObject);
  const to = new Map(moves.map((move) => [move.from, move.to ?? null]));
  return (instant) => to.get(instant) ?? instant;
}
