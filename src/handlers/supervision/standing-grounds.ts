/** Grounds of the open supervisions of one matter: each level urges once and names them all. */
import { aList, aNumber, aRecord, aText, orNull } from '../../engine/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { listOf } from '../variables.js';

const key = 'standingGrounds';

export const standing = aList(aRecord({ instance: aNumber, ground: orNull(aText) }));

export function withStanding(variables: JsonObject, instance: number, ground: Json): JsonObject {
  const standing = listOf(variables, key);
  const own = { instance, ground };
  return {
    [key]: standing.some((one) => isOf(one, instance))
      ? standing.map((one) => (isOf(one, instance) ? own : one))
      : [...standing, own],
  };
}

export const withoutStanding = (variables: JsonObject, instance: number): JsonObject => ({
  [key]: listOf(variables, key).filter((one) => !isOf(one, instance)),
});

const isOf = (one: Json, instance: number): boolean => isJsonObject(one) && one.instance === instance;
