/**
 * The contract is built once, but articles, names and lists change with the law. Texts of the
 * contract therefore contain marks, which whoever shows a text resolves under a law.
 */
import {
  governmentTitle,
  inCityWords,
  lawOf,
  lawTitle,
  methodNeedsApproval,
  provisionFor,
  hasPart,
  inBrackets,
  purposes,
  serviceTitle,
  sheetTitle,
  type Law,
  type Part,
  type Purpose,
} from '../../kernel/law.js';
import { measures } from '../../measures/assessment/model/index.js';
import { rolesOf } from '../../identity/roles/index.js';
import { columnNames } from './column-names.js';

interface Listed {
  readonly key: string;
  /** Undefined if the list has only keys. */
  readonly name?: string;
}

/** Column for all levels outside the regulation's ladder: lateness of the hotline itself, and tracked cases. */
export const otherColumn = 'other';

/** Words for messages that several cities have. */
const messageWords: { readonly [message: string]: string } = {
  'accountability-clue': '问责线索',
  'explanation-requested': '要求说明',
  'extension-applied': '申请延期',
  'pause-requested': '申请暂停',
  'recusal-demanded': '要求回避',
  'recusal-stated': '登记回避',
  'resume-requested': '恢复计时',
  'several-units-found': '发现涉及多个承办单位',
  'supervision-ordered': '交督办',
  'withdrawal-told': '来电人撤回',
};

const ladder = (law: Law): Required<Listed>[] => law.levels.map(({ key, title }) => ({ key, name: title }));

const lists = {
  channels: (law) => law.channels,
  /** The telephone sends no messages. */
  'channels-that-send': (law) => law.channels.filter(({ way }) => way !== 'telephone'),
  /** The columns of the board, mildest first. */
  columns: (law) => ['normal', otherColumn, ...ladder(law).map(({ key }) => key)].map((key) => ({ key })),
  kinds: (law) => law.kinds,
  levels: ladder,
  measures: (law) => measures(law).map(({ key, label }) => ({ key, name: label })),
  messages: (law) =>
    law.messages.map((key) => {
      const word = law.titles?.acts?.[key]?.word ?? messageWords[key] ?? key;
      return { key, name: inCityWords(word, law) };
    }),
  procedures: (law) => law.intake.procedures,
  roles: (law) => rolesOf(law),
  'unit-kinds': (law) => law.unitKinds,
} as const satisfies { readonly [list: string]: (law: Law) => readonly Listed[] };

export type PackageList = keyof typeof lists;

export const keysIn = (list: PackageList, law: Law): string[] => lists[list](law).map(({ key }) => key);

const names = {
  ...columnNames,
  'method-document': (law) =>
    methodNeedsApproval(law) ? `写明${governmentTitle(law)}批准的文号` : '可以写文号',
  law: lawTitle,
  service: serviceTitle,
  sheet: sheetTitle,
} as const satisfies { readonly [name: string]: (law: Law) => string };

/** The articles that a purpose cites, in Chinese. */
export const cites = (purpose: Purpose): string => `⟦law:${purpose}⟧`;
/** The id of its first provision. */
export const provisionOf = (purpose: Purpose): string => `⟦provision:${purpose}⟧`;
/** The city's own name for it. */
export const named = (name: keyof typeof names): string => `⟦name:${name}⟧`;
/** A mark for the keys of a list with their names. */
export const listing = (list: PackageList): string => `⟦list:${list}⟧`;
/** A mark for the names in a list. */
export const titlesIn = (list: PackageList): string => `⟦titles:${list}⟧`;
export const firstKeyIn = (list: PackageList): string => `⟦first:${list}⟧`;
/** A mark in an array that stands for all keys of a list. */
export const allKeysIn = (list: PackageList): string => `⟦keys:${list}⟧`;

const mark = /⟦([a-z]+):([\w-]+)⟧/g;
/** Only citations: `（第…条、第…条）`, `（第…条至第…条）`. */
const bracketed = /（((?:⟦law:[\w-]+⟧[、至]?)+)）/g;
const condition = /⟦if:([\w-]+)\|([^|⟦⟧]*)\|([^⟦⟧]*)⟧/g;
const allKeys = /^⟦keys:([\w-]+)⟧$/;

/** In the city's words, with its marks resolved. @throws {Error} for an unknown mark */
export const saidUnder = (law: Law, text: string): string =>
  inCityWords(text, law)
    .replace(bracketed, (_found, inside: string) => inBrackets(citedTogether(inside, law)))
    .replace(mark, (found, sort: string, of: string) => {
      const said = resolved(law, sort, of);
      if (said === undefined) throw new Error(`the contract has an unknown mark ${found}`);
      return said;
    })
    .replace(condition, (_found, part: string, said: string, otherwise: string) =>
      hasPart(part as Part, law) ? said : otherwise,
    );

/** Nothing but citations in brackets: what the city does not have is left out, and what is the same is said once. */
function citedTogether(inside: string, law: Law): string {
  const [, ...between] = inside.split(mark).filter((_one, index) => index % 3 === 0);
  const cited = [...inside.matchAll(mark)].map(([, sort = '', of = '']) => resolved(law, sort, of) ?? '');
  const known = [...new Set(cited.filter((one) => one !== ''))];
  return known.join(
    known.length === cited.length && known.every((one) => one.startsWith('第')) ? between[0] : '、',
  );
}

function resolved(law: Law, sort: string, of: string): string | undefined {
  if (sort === 'law') return isPurpose(of) ? lawOf(of, law) : undefined;
  if (sort === 'provision') return isPurpose(of) ? provisionFor(of, law) : undefined;
  if (sort === 'name') return isIn(names, of) ? names[of](law) : undefined;
  if (!isIn(lists, of)) return undefined;
  const listed: readonly Listed[] = lists[of](law);
  if (sort === 'list')
    return listed.map(({ key, name }) => (name === undefined ? key : `${key} ${name}`)).join('、');
  if (sort === 'titles') return listed.map(({ key, name }) => name ?? key).join('、');
  return sort === 'first' ? (listed[0]?.key ?? '') : undefined;
}

const isPurpose = (text: string): text is Purpose => (purposes as readonly string[]).includes(text);

const isIn = <Table extends object>(table: Table, name: string): name is keyof Table & string =>
  Object.hasOwn(table, name);

/** Only where the city has the part; otherwise the other text. The texts may contain other marks. */
export const where = (part: Part, text: string, otherwise = ''): string =>
  `⟦if:${part}|${text}|${otherwise}⟧`;

/** Resolves the marks in everything that a value contains. */
export function allSaidUnder<Value>(law: Law, value: Value): Value;
export function allSaidUnder(law: Law, value: unknown): unknown {
  if (typeof value === 'string') return saidUnder(law, value);
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown) => {
      const [, list] = typeof one === 'string' ? (allKeys.exec(one) ?? []) : [];
      return list !== undefined && isIn(lists, list) ? keysIn(list, law) : [allSaidUnder(law, one)];
    });
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, allSaidUnder(law, one as unknown)]),
  );
}
