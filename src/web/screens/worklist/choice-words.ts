/** Filters and order of a worklist in words, for the head of its printout. */
import { law, lightTitle, has } from '../../law/page-law.js';
import { roleName } from '../../../http/contract/role-name.js';
import { languages } from '../../components/languages.js';
import { channels, kinds } from '../intake/sheet-words.js';
import { sorts, type FilterName, type Filters, type Light, type Sort } from './filters.js';

export interface Choice {
  readonly role: string;
  readonly light: Light;
  readonly sort: Sort;
  readonly filters: Filters;
}

const lightWords: Readonly<Record<Light, string>> = {
  all: '全部灯号',
  get red() {
    return `${lightTitle('red')}${has('supervision') ? '及督办' : ''}`;
  },
  get yellow() {
    return lightTitle('yellow');
  },
  normal: '正常',
};

/** A caller's number in the search must not be printed. */
const number = /\d[\d\s-]{5,}\d/;

const wordOf = (words: readonly { readonly value: string; readonly word: string }[], value: string): string =>
  words.find((one) => one.value === value)?.word ?? value;

const says: Readonly<Record<FilterName, (value: string) => string>> = {
  unit: (value) => `主办单位 ${value}`,
  q: (value) => `查找 ${number.test(value) ? '（号码不印）' : value}`,
  channel: (value) => `渠道 ${wordOf(channels(), value)}`,
  kind: (value) => `类别 ${wordOf(kinds(), value)}`,
  district: (value) => `属地 ${value}`,
  language: (value) => (value === 'mine' ? '我会的语言' : `语言 ${wordOf(languages, value)}`),
  class: (value) => `分类 ${value}`,
  assigned: (value) => (value === 'mine' ? '分给我的' : '还没有分派的'),
  assignee: (value) => `分给 ${value}`,
  members: (value) => (value === 'all' ? '并入的逐张列出' : '并入的收在主单下'),
};

export const narrowedBy = (
  filters: Filters,
): readonly { readonly name: FilterName; readonly word: string }[] =>
  (Object.entries(filters) as [FilterName, string][]).map(([name, value]) => ({
    name,
    word: says[name](value),
  }));

export function choiceWords({ role, light, sort, filters }: Choice): readonly string[] {
  const scope =
    role === 'mine' ? '待我办理' : role === '' ? '我看得到的全部' : `岗位：${roleName(role, law()) ?? role}`;
  const order = sorts.find(({ key }) => key === sort)?.word ?? sort;
  return [scope, lightWords[light], ...narrowedBy(filters).map(({ word }) => word), order];
}
