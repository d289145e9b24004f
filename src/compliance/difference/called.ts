/** What another element is called where a property names it by its id. */
import type { Json, JsonObject } from '../../kernel/json.js';

/** The properties of all elements, by id. */
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

/** Ids by the names of what they stand for, a flow by where it leads from and to; what has no name keeps its id. */
export function called(property: string, value: Json, flat: Flat): Json {
  if (!references.has(property)) return value;
  // Several ids in one attribute stand apart by blanks.
  if (typeof value === 'string')
    return value
      .split(' ')
      .map((id) => nameOf(id, flat))
      .join('、');
  if (!Array.isArray(value)) return value;
  return (value as readonly Json[]).map((one) => (typeof one === 'string' ? nameOf(one, flat) : one));
}

/** The same of all that an element says. */
export const allCalled = (contents: Json, flat: Flat): Json =>
  typeof contents !== 'object' || contents === null || Array.isArray(contents)
    ? contents
    : Object.fromEntries(
        Object.entries(contents as JsonObject).map(([property, value]) => [
          property,
          called(property, value, flat),
        ]),
      );

function nameOf(id: string, flat: Flat): string {
  const told = (property: string): string => {
    const value = flat.get(id)?.get(property)?.value;
    return typeof value === 'string' ? value.trim() : '';
  };
  if (told('name') !== '') return told('name');
  const [from, to] = [told('sourceRef'), told('targetRef')];
  return from !== '' && to !== '' ? `${nameOf(from, flat)} → ${nameOf(to, flat)}` : id;
}
