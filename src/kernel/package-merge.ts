/** Merges a file of a city with the base's: whole records, by key. */
import { isObject, type Keys } from './package-manifest.js';

export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** A record and whose it is. */
export interface RecordOrigin {
  /** The file, the list and the key: `messages/occasions/closed`. */
  readonly record: string;
  readonly from: 'base' | 'city' | 'dropped';
  /** Whether the base has it. */
  readonly inBase: boolean;
  /** True: the city's is the same as the base's. */
  readonly equal?: true;
}

export interface Merging {
  readonly keys: Keys;
  readonly isReplaced: (record: string) => boolean;
  readonly isDropped: (record: string) => boolean;
  /** Whether it belongs to a part that the city does not have; the city's own of that name stands. */
  readonly isLacking: (record: string) => boolean;
  readonly note: (origin: RecordOrigin) => void;
  /** True: the second is a later city package's, merged with its own base; its records stand. */
  readonly isLater?: true;
  readonly refuse: (record: string, why: 'replaces' | 'drops' | 'unknown' | 'twice') => Error;
}

/** @param own undefined: the city has no such file */
export function recordsOf(
  file: string,
  base: Json,
  own: Json | undefined,
  merging: Merging,
): Json | undefined {
  return merged({ name: file, path: '' }, base, own, merging);
}

interface Place {
  /** Of the record. */
  readonly name: string;
  /** In the file, dotted. */
  readonly path: string;
}

function merged(
  place: Place,
  base: Json | undefined,
  own: Json | undefined,
  merging: Merging,
): Json | undefined {
  const { name, path } = place;
  const { keys, isReplaced, isDropped, isLacking, note, refuse } = merging;
  if (isLacking(name) && base !== undefined) {
    note({ record: name, from: own === undefined ? 'dropped' : 'city', inBase: true });
    return own;
  }
  if (isDropped(name) && base !== undefined) {
    if (own !== undefined) throw refuse(name, 'drops');
    note({ record: name, from: 'dropped', inBase: true });
    return undefined;
  }
  if (base === undefined || isReplaced(name)) {
    const from = own === undefined ? 'base' : 'city';
    const isEqual = base !== undefined && own !== undefined && JSON.stringify(own) === JSON.stringify(base);
    note({ record: name, from, inBase: base !== undefined, ...(isEqual ? { equal: true } : {}) });
    return own ?? base;
  }
  const fields = keys[path];
  if (Array.isArray(base) && fields !== undefined && (own === undefined || Array.isArray(own)))
    return list(place, fields.split('/'), base as readonly Json[], (own ?? []) as readonly Json[], merging);
  if (isObject(base) && isDivided(path, keys) && (own === undefined || isObject(own)))
    return entries(place, base, own ?? {}, merging);
  if (own !== undefined && merging.isLater) return own;
  if (own !== undefined) throw refuse(name, 'replaces');
  note({ record: name, from: 'base', inBase: true });
  return base;
}

/** The outermost object is divided into its properties. */
const isDivided = (path: string, keys: Keys): boolean =>
  path === '' || keys[path] === '*' || Object.keys(keys).some((one) => one.startsWith(`${path}.`));

type Entries = { readonly [key: string]: Json };

function entries({ name, path }: Place, base: Entries, own: Entries, merging: Merging): Json {
  return Object.fromEntries(
    inTurn(Object.keys(base), Object.keys(own)).flatMap((key) => {
      const place = { name: `${name}/${key}`, path: path === '' ? key : `${path}.${key}` };
      const value = merged(place, base[key], own[key], merging);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** `["handler", "auditor"]` is `handler,auditor`. */
const textOf = (key: unknown): string => (JSON.stringify(key) ?? '').replaceAll(/[[\]"]/g, '');

/** A text in the city's list is the key of a base record, which shall stand there. */
function list(
  { name, path }: Place,
  fields: readonly string[],
  base: readonly Json[],
  own: readonly Json[],
  merging: Merging,
): Json {
  const keyOf = (record: Json): string =>
    isObject(record) ? fields.map((field) => textOf(record[field])).join('/') : textOf(record);
  const byKey = new Map(base.map((record) => [keyOf(record), record]));
  const written = new Map(own.map((record) => [keyOf(record), record]));
  if (written.size < own.length) {
    const keys = own.map(keyOf);
    throw merging.refuse(`${name}/${keys.find((key, at) => keys.indexOf(key) < at) ?? ''}`, 'twice');
  }
  return inTurn([...byKey.keys()], [...written.keys()]).flatMap((key) => {
    const record = written.get(key);
    const isPlaced = typeof record === 'string' && !merging.isLater;
    if (isPlaced && !byKey.has(key)) throw merging.refuse(`${name}/${key}`, 'unknown');
    const place = { name: `${name}/${key}`, path: `${path}.*` };
    return merged(place, byKey.get(key), isPlaced ? undefined : record, merging) ?? [];
  });
}

/** The city's in the city's order; one that only the base has stays behind the one before it there. */
function inTurn(base: readonly string[], own: readonly string[]): readonly string[] {
  const untilOwn = (from: number): readonly string[] => {
    const next = base.findIndex((key, at) => at >= from && own.includes(key));
    return base.slice(from, next < 0 ? undefined : next);
  };
  return [
    ...untilOwn(0),
    ...own.flatMap((key) => (base.includes(key) ? [key, ...untilOwn(base.indexOf(key) + 1)] : [key])),
  ];
}

/** A deed's name, or what is said of it: `{"deed": "call-back.made", …}`, `{"when": {"deed": …}, …}`. */
function isOf(one: Json, deeds: ReadonlySet<string>): boolean {
  if (!isObject(one)) return typeof one === 'string' && deeds.has(one);
  return [one, one['when']].some(
    (said) => isObject(said) && typeof said['deed'] === 'string' && deeds.has(said['deed']),
  );
}

/** The base's content without what its lists say of deeds that the city does not have. */
export function withoutDeeds(content: Json, gone: ReadonlySet<string>): Json {
  if (gone.size === 0 || typeof content !== 'object' || content === null) return content;
  if (!Array.isArray(content))
    return Object.fromEntries(
      Object.entries(content).map(([key, value]) => [key, withoutDeeds(value, gone)]),
    );
  return (content as readonly Json[]).filter((one) => !isOf(one, gone)).map((one) => withoutDeeds(one, gone));
}
