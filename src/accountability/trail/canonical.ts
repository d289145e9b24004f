/** RFC 8785 canonical JSON of what an entry says: the same content always gives the same bytes. */
import canonicalize from 'canonicalize';
import type { Json, JsonObject } from '../../kernel/index.js';

/**
 * Written in one pass, and by the library where there is anything that this might get wrong: the same bytes in a third
 * of the time, which every step of a case spends.
 *
 * @param own added to the content, in place of what the content has by these names
 * @returns UTF-8
 * @throws {TypeError} for a number that is no safe integer @throws {Error} for a lone surrogate
 */
export function canonicalJson(content: JsonObject, own: JsonObject = {}): Buffer {
  used = 0;
  if (writeObject(content, own) && used <= page.length) return Buffer.from(page.subarray(0, used));
  const text = canonicalize(normalised({ ...content, ...own }));
  if (text === undefined) throw new TypeError('an entry must be a JSON object');
  return Buffer.from(text, 'utf8');
}

/**
 * What is being written, and how much of it: what goes beyond its end is counted and not kept. Bytes by hand, without a
 * note of names already seen: between two entries other processes have had the caches, and what is looked up costs more
 * than what is computed.
 */
const page = Buffer.alloc(65536);
let used = 0;

/** Whether it could be written. What could not is left to the library, as a whole. */
function write(value: Json): boolean {
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) && writeAscii(`${value}`);
  if (value === null || typeof value === 'boolean') return writeAscii(`${value}`);
  if (typeof value !== 'object') return false;
  return Array.isArray(value) ? writeArray(value) : writeObject(value as JsonObject);
}

/** ASCII that needs no escape, and what Chinese is mostly written in: nothing there that NFC would change or join. */
function writeString(value: string): boolean {
  let at = used;
  page[at++] = quote;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < 0x80) {
      if (code < 0x20 || code === quote || code === backslash) return writeOddString(value);
      page[at++] = code;
    } else {
      if (!isPlainChinese(code)) return writeOddString(value);
      page[at++] = 0xe0 | (code >> 12);
      page[at++] = 0x80 | ((code >> 6) & 0x3f);
      page[at++] = 0x80 | (code & 0x3f);
    }
  }
  page[at++] = quote;
  used = at;
  return true;
}

const isPlainChinese = (code: number): boolean =>
  (code >= 0x4e00 && code <= 0x9fff) ||
  (code >= 0xff01 && code <= 0xff5e) ||
  (code >= 0x300a && code <= 0x3011) ||
  code === 0x3001 ||
  code === 0x3002;

function writeOddString(value: string): boolean {
  if (loneSurrogate.test(value)) return false;
  const bytes = Buffer.from(JSON.stringify(value.normalize('NFC')), 'utf8');
  bytes.copy(page, used);
  used += bytes.length;
  return true;
}

const loneSurrogate = /\p{Surrogate}/u;

function writeArray(items: readonly Json[]): boolean {
  page[used++] = openBracket;
  let first = true;
  for (const item of items) {
    if (!first) page[used++] = comma;
    first = false;
    if (!write(item)) return false;
  }
  page[used++] = closeBracket;
  return true;
}

function writeObject(object: JsonObject, own?: JsonObject): boolean {
  // No JSON; what the library makes of it stays as it is.
  if (typeof object['toJSON'] === 'function') return false;
  const keys = Object.keys(object);
  const values: (Json | undefined)[] = Object.values(object);
  if (own) {
    keys.push(...Object.keys(own));
    values.push(...Object.values(own));
  }
  // Sorting by insertion takes the square of their number.
  if (keys.length > mostKeys) return false;
  sortTogether(keys, values);
  page[used++] = openBrace;
  let first = true;
  for (let at = 0; at < keys.length; at += 1) {
    // A name that the content and its own fields share.
    if (keys[at] === keys[at - 1]) return false;
    const value = values[at];
    if (value === undefined) continue;
    if (!first) page[used++] = comma;
    first = false;
    if (!writeKey(keys[at] as string) || !write(value)) return false;
  }
  page[used++] = closeBrace;
  return true;
}

/** With its colon: of ASCII that needs no escape; others are left to the library. */
function writeKey(key: string): boolean {
  let at = used;
  page[at++] = quote;
  for (let index = 0; index < key.length; index += 1) {
    const code = key.charCodeAt(index);
    if (code < 0x20 || code >= 0x80 || code === quote || code === backslash) return false;
    page[at++] = code;
  }
  page[at++] = quote;
  page[at++] = colon;
  used = at;
  return true;
}

function writeAscii(text: string): true {
  let at = used;
  for (let index = 0; index < text.length; index += 1) page[at++] = text.charCodeAt(index);
  used = at;
  return true;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

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
