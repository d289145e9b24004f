/** Replaces ids in property values by the names of the elements, and keys of the regulation by their titles. */
import type { Json, JsonObject } from '../../kernel/json.js';
import { clockTitle, type LawWords } from './law-words.js';

/** Properties by element id. */
type Flat = ReadonlyMap<string, ReadonlyMap<string, { readonly value: Json }>>;

const references: ReadonlySet<string> = new Set([
  'parent',
  'flow-order',
  'default',
  'incoming',
  'outgoing',
  'sourceRef',
  'targetRef',
  'attachedToRef',
  'duty:before',
  'duty:after',
  'duty:notBy',
]);

/** An unnamed flow is described by its ends; other unnamed elements keep their id. */
export function withNames(property: string, value: Json, flat: Flat, words: LawWords): Json {
  if (typeof value === 'string') {
    if (property === 'duty:clock') return clockTitle(words, value);
    if (/^deed\[.+\]\.on$/.test(property)) return value === 'begun' ? '走到时' : '办结时';
  }
  if (!references.has(property)) return value;
  // One attribute may hold several ids, separated by spaces.
  if (typeof value === 'string')
    return value
      .split(' ')
      .map((id) => nameOf(id, flat))
      .join('、');
  if (!Array.isArray(value)) return value;
  return (value as readonly Json[]).map((one) => (typeof one === 'string' ? nameOf(one, flat) : one));
}

/** The same for all properties of an element. */
export const withAllNames = (contents: Json, flat: Flat, words: LawWords): Json =>
  typeof contents !== 'object' || contents === null || Array.isArray(contents)
    ? contents
    : Object.fromEntries(
        Object.entries(contents as JsonObject).map(([property, value]) => [
          property,
          withNames(property, value, flat, words),
        ]),
      );

function nameOf(id: string, flat: Flat): string {
  const textOf = (property: string): string => {
    const value = flat.get(id)?.get(property)?.value;
    return typeof value === 'string' ? value.trim() : '';
  };
  if (textOf('name') !== '') return textOf('name');
  const [from, to] = [textOf('sourceRef'), textOf('targetRef')];
  return from !== '' && to !== '' ? `${nameOf(from, flat)} → ${nameOf(to, flat)}` : id;
}
