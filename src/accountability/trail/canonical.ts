/** RFC 8785 canonical JSON of what an entry says: the same content always gives the same bytes. */
import canonicalize from 'canonicalize';
import type { Json, JsonObject } from '../../kernel/index.js';

/**
 * Written in one pass, and by the library where there is anything that this might get wrong: the same text in a third
 * of the time, which every step of a case spends.
 *
 * @param own added to the content, in place of what the content has by these names
 * @throws {TypeError} for a number that is no safe integer @throws {Error} for a lone surrogate
 */
export function canonicalJson(content: JsonObject, own: JsonObject = {}): string {
  const text = textOfObject(content, own) ?? canonicalize(normalised({ ...content, ...own }));
  if (text === undefined) throw new TypeError('an entry must be a JSON object');
  return text;
}

/** Keys of ASCII that need no escape; an array's index is left to the library, and `__proto__`. */
const usualKey = /^(?!__proto__$)[A-Za-z_][\x20\x21\x23-\x5b\x5d-\x7e]*$/;
/** ASCII that needs no escape, and what Chinese is mostly written in: nothing that NFC would change or join. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e\u3001\u3002\u300a-\u3011\u4e00-\u9fff\uff01-\uff5e]*$/;
const loneSurrogate = /\p{Surrogate}/u;

/** Undefined where it is left to the library. */
function textOf(value: Json): string | undefined {
  if (typeof value === 'string') {
    if (plain.test(value)) return `"${value}"`;
    return loneSurrogate.test(value) ? undefined : JSON.stringify(value.normalize('NFC'));
  }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? `${value}` : undefined;
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (typeof value !== 'object') return undefined;
  return Array.isArray(value) ? textOfArray(value) : textOfObject(value as JsonObject);
}

function textOfArray(items: readonly Json[]): string | undefined {
  let text = '[';
  for (const item of items) {
    const inner = textOf(item);
    if (inner === undefined) return undefined;
    text += text === '[' ? inner : `,${inner}`;
  }
  return `${text}]`;
}

function textOfObject(object: JsonObject, own?: JsonObject): string | undefined {
  // No JSON; what the library makes of it stays as it is.
  if (typeof object['toJSON'] === 'function') return undefined;
  const keys = Object.keys(object);
  const values: (Json | undefined)[] = Object.values(object);
  if (own) {
    keys.push(...Object.keys(own));
    values.push(...Object.values(own));
  }
  // Sorting by insertion takes the square of their number.
  if (keys.length > mostKeys) return undefined;
  sortTogether(keys, values);
  let text = '{';
  for (let at = 0; at < keys.length; at += 1) {
    const value = values[at];
    if (value === undefined) continue;
    const key = keys[at] === keys[at - 1] ? undefined : textOfKey(keys[at] as string);
    const inner = textOf(value);
    if (key === undefined || inner === undefined) return undefined;
    text += text === '{' ? `${key}${inner}` : `,${key}${inner}`;
  }
  return `${text}}`;
}

/** Few names are used again and again; of more than these no note is kept. */
const keyTexts = new Map<string, string>();
const mostKeyTexts = 1000;

function textOfKey(key: string): string | undefined {
  const known = keyTexts.get(key);
  if (known !== undefined || !usualKey.test(key)) return known;
  const text = `"${key}":`;
  if (keyTexts.size < mostKeyTexts) keyTexts.set(key, text);
  return text;
}

const mostKeys = 64;

/** By UTF-16 code units, by insertion: of so few a third quicker than `sort`, and the values go along. */
function sortTogether(keys: string[], values: (Json | undefined)[]): void {
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] as string;
    const value = values[at];
    let place = at;
    for (; place > 0 && (keys[place - 1] as string) > key; place -= 1) {
      keys[place] = keys[place - 1] as string;
      values[place] = values[place - 1];
    }
    keys[place] = key;
    values[place] = value;
  }
}

/**
 * NFC strings and safe integers only: what two readers could read differently does not enter a hash. A value that is
 * so already, as almost all are, is answered as it is.
 */
export function normalised(value: Json): Json {
  if (typeof value === 'string') return ascii.test(value) ? value : value.normalize('NFC');
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value))
      throw new TypeError(`only safe integers may enter the trail, not ${value}`);
    return value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const changed = items.map(normalised);
    return changed.every((item, index) => item === items[index]) ? items : changed;
  }
  const object = value as JsonObject;
  let changed: { [key: string]: Json } | undefined;
  for (const key of Object.keys(object)) {
    const before = object[key] ?? null;
    const after = normalised(before);
    const name = ascii.test(key) ? key : key.normalize('NFC');
    if (after === before && name === key) continue;
    changed ??= { ...object };
    if (name !== key) delete changed[key];
    changed[name] = after;
  }
  return changed ?? object;
}

// eslint-disable-next-line no-control-regex -- all of ASCII is meant
const ascii = /^[\x00-\x7f]*$/;
