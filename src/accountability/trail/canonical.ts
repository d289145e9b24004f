/** RFC 8785 canonical JSON: the same content always gives the same bytes. */
import canonicalize from 'canonicalize';
import type { Json, JsonObject } from '../../kernel/index.js';

/**
 * @returns UTF-8
 * @throws {TypeError} for a number that is no safe integer, and for non-JSON
 * @throws {Error} for a lone surrogate
 */
export function canonicalJson(content: JsonObject): Buffer {
  return Buffer.from(canonicalize(normalised(content)) as string, 'utf8');
}

/**
 * Accepts only NFC strings and safe integers, so that nothing is hashed that two readers might
 * interpret differently.
 */
function normalised(value: Json): Json {
  if (typeof value === 'string') return value.normalize('NFC');
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new TypeError(`only safe integers may enter the trail, not ${value}`);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(normalised);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype)
    throw new TypeError('only JSON may enter the trail');
  const members = Object.entries(value as JsonObject);
  const byName = new Map(members.map(([name, member]) => [name.normalize('NFC'), normalised(member)]));
  if (byName.size < members.length) throw new TypeError('two names of a trail entry are the same in NFC');
  return Object.fromEntries(byName);
}
