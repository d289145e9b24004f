/** The manifest of a city's package: which base it extends, what it replaces and drops, what things are called. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageRoot } from './package-root.js';
import { Refusal } from './refusal.js';

export const manifestName = 'city.json';

/** How the lists of a file are divided into records: the fields of their keys, or `*` for an object's entries. */
export type Keys = { readonly [path: string]: string };

export interface Manifest {
  readonly folder: string;
  readonly key: string;
  /** Undefined if the package extends none. */
  readonly base: Manifest | undefined;
  /** The city's package for the law that this package's law replaces: its cases run on to their end. */
  readonly follows: Manifest | undefined;
  /** How files are divided into records: by file, without its extension. */
  readonly records: { readonly [file: string]: Keys };
  /** Records that a city without the part does not have, by part. */
  readonly optional: { readonly [part: string]: readonly string[] };
  /** Names for the placeholders of the texts: the base's, overridden by the city's. */
  readonly titles: { readonly [name: string]: string };
  readonly replaces: readonly string[];
  readonly drops: readonly string[];
}

const format = 1;
const example = '{"format": 1, "key": "my-city", "extends": "hotline@1"}';

/** @throws {Refusal} `package.invalid`: no manifest, another format, an unknown base, an unknown title */
export function manifestIn(folder: string): Manifest {
  const where = join(folder, 'regulation', manifestName);
  const wrong = (what: string, remedy: string, cause?: unknown): Refusal =>
    new Refusal('package.invalid', what, { where, remedy, cause });
  const { format: written, ...said } = readIn(where, wrong);
  if (written !== format)
    throw wrong(
      `清单的 format 是 ${JSON.stringify(written) ?? '空的'}，这个程序只认 ${format}`,
      `写 "format": ${format}；更高的是更新的程序的条例包，换用那个程序`,
    );
  const own = {
    key: textIn(said['key']),
    titles: textsIn(said['titles'] ?? {}),
    replaces: listIn(said['replaces'] ?? []),
    drops: listIn(said['drops'] ?? []),
  };
  const unknown = Object.keys(said).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw wrong(`清单里没有“${unknown}”这一项`, `可以写的：format、${known.join('、')}`);
  for (const [name, value] of Object.entries(own))
    if (value === undefined) throw wrong(`清单的 ${name} 写得不对`, shapes[name as keyof typeof own]);
  const { key = '', titles = {}, replaces = [], drops = [] } = own;
  const follows = followed(folder, said['follows'], key, wrong);
  const records = (said['records'] ?? {}) as Manifest['records'];
  const optional = (said['optional'] ?? {}) as Manifest['optional'];
  if (said['extends'] === undefined)
    return { folder, key, base: undefined, follows, records, optional, titles, replaces, drops };
  const shipped = bases();
  const wanted = said['extends'];
  const place = typeof wanted === 'string' ? shipped.get(wanted) : undefined;
  if (place === undefined || place === folder)
    throw wrong(
      `没有基础包 ${JSON.stringify(wanted)}`,
      `"extends" 可以写 ${[...shipped.keys()].map((one) => `"${one}"`).join('、')}；不用基础包的不写这一项，各个文件都写全`,
    );
  const base = manifestIn(place);
  const stray = Object.keys(titles).find((name) => !Object.hasOwn(base.titles, name));
  if (stray !== undefined)
    throw wrong(`titles 没有“${stray}”这个名称`, `可以写的：${Object.keys(base.titles).join('、')}`);
  return {
    ...{ folder, key, base, follows, replaces, drops },
    records: { ...base.records, ...records },
    optional: { ...base.optional, ...optional },
    titles: { ...base.titles, ...titles },
  };
}

/** @throws {Refusal} `package.invalid`: no such package, another city's */
function followed(
  folder: string,
  path: unknown,
  key: string,
  wrong: (what: string, remedy: string) => Refusal,
): Manifest | undefined {
  if (path === undefined) return undefined;
  const place = typeof path === 'string' ? resolve(folder, path) : folder;
  if (place === folder || !existsSync(join(place, 'regulation', manifestName)))
    throw wrong(
      `follows 写的是 ${JSON.stringify(path)}，那里没有条例包`,
      '写被替代的那部条例的条例包在哪里，从本文件夹算起，例如 "../my-city-2019"；没有的，去掉这一项',
    );
  const before = manifestIn(place);
  if (before.key === key) return before;
  throw wrong(
    `follows 的条例包是“${before.key}”的，本条例包是“${key}”的`,
    '一个城市的条例只能接着本市原来的条例；两个清单的 key 写得一样',
  );
}

/** A base has the version of its records in its key: `hotline@1`. */
export const isBase = (key: string): boolean => key.includes('@');

/** Folders of the shipped bases by key. */
function bases(): ReadonlyMap<string, string> {
  const packages = join(packageRoot, 'packages');
  return new Map(
    readdirSync(packages).flatMap((name) => {
      const manifest = join(packages, name, 'regulation', manifestName);
      if (!existsSync(manifest)) return [];
      const { key } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly key?: unknown };
      return typeof key === 'string' && isBase(key) ? [[key, join(packages, name)] as const] : [];
    }),
  );
}

const known: readonly string[] = [
  ...['key', 'extends', 'follows', 'titles', 'replaces', 'drops'],
  ...['records', 'optional'],
];

const shapes = {
  key: `写小写字母开头的一个词，例如 ${example}`,
  titles: '写 {"caller": "服务对象"} 这样的名称和说法；说法里没有空白、引号和 <>&{}\\',
  replaces: '写 ["messages/occasions/closed"] 这样的记录名，各写一次',
  drops: '写 ["processes/assessment.bpmn"] 这样的记录名，各写一次',
} as const;

function readIn(
  where: string,
  wrong: (what: string, remedy: string, cause?: unknown) => Refusal,
): { readonly [key: string]: unknown } {
  let text: string;
  try {
    text = readFileSync(where, 'utf8');
  } catch (cause) {
    throw wrong(
      '条例包没有清单',
      `写一个 regulation/${manifestName}，例如 ${example}（docs/package.md）`,
      cause,
    );
  }
  try {
    const content: unknown = JSON.parse(text);
    if (isObject(content)) return content;
  } catch (cause) {
    throw wrong('清单不是合格的 JSON', `检查引号、逗号和括号；例如 ${example}`, cause);
  }
  throw wrong('清单不是一个对象', `例如 ${example}`);
}

export const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[a-z][a-z0-9-]*(@\d+)?$/.test(value) ? value : undefined;

const textsIn = (value: unknown): { readonly [name: string]: string } | undefined =>
  isObject(value) &&
  Object.values(value).every((one) => typeof one === 'string' && /^[^"\\<>&{}\s]+$/.test(one))
    ? (value as { readonly [name: string]: string })
    : undefined;

const listIn = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) &&
  value.every((one) => typeof one === 'string') &&
  new Set(value).size === value.length
    ? value
    : undefined;
