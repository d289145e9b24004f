/** Values before and after a change in full, and whether a sentence shortens them. */
import type { Json } from '../../../kernel/json.js';
import { provisionLabel, relations } from '../../../law/regulation/model/labels/index.js';
import type { Change } from './change.js';
import { deedTitle, factTitle, noWords, type LawWords } from './law-words.js';
import { propertyName } from './properties.js';

/** Most characters of one value, and of the content of an added or removed element. */
export const [longest, mostInside] = [80, 200];

/** A value for display; empty if there is none. */
export function inFull(value: Json, words: LawWords = noWords): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(String).join('、');
  if (typeof value !== 'object') return JSON.stringify(value);
  return Object.entries(value)
    .map(([property, one]) => `${propertyName(property, words)} ${quoted(one, inFull(one))}`)
    .join('，');
}

export const quoted = (value: Json, text: string): string => (typeof value === 'string' ? `“${text}”` : text);

/** The content of an added or removed element, without its position among others. */
export function contentLines(contents: Json, words: LawWords = noWords): readonly string[] {
  if (typeof contents !== 'object' || contents === null || Array.isArray(contents)) return [];
  const lines = Object.entries(contents as { readonly [key: string]: Json })
    .filter(
      ([property]) =>
        (deedIn(property, words) !== undefined && !isToldByValue(property, contents)) ||
        !/(^|\.)(\$type|id|name|incoming|outgoing|parent|order|flow-order)$/.test(property),
    )
    .map(
      ([property, value]) =>
        linkIn(property) ??
        deedIn(property, words) ??
        `${propertyName(property, words)} ${quoted(value, inFull(value))}`,
    );
  return [...new Set(lines)];
}

/** A norm link, described by its three attributes together. */
function linkIn(property: string): string | undefined {
  const [, provision = '', norm, relation = ''] =
    /^norm\[(\S+) (\S+) (\S+)\]\.(?:provision|norm|relation)$/.exec(property) ?? [];
  return norm === undefined ? undefined : `义务 ${dutyName(provision, norm, relation)}`;
}

/** The name of a fact need not be mentioned if its value is. */
const isToldByValue = (property: string, contents: object): boolean =>
  Object.hasOwn(contents, property.replace(/(\.fact\[[^\]]+\])\.name$/, '$1.value')) &&
  property.includes('.fact[');

/** A deed or its fact, described by name, since it may have no other content. */
function deedIn(property: string, words: LawWords): string | undefined {
  const [, deed = '', fact] = /^deed\[([^\]]+)\](?:\.fact\[([^\]]+)\])?\.name$/.exec(property) ?? [];
  if (deed === '') return undefined;
  const title = `行为“${deedTitle(words, deed)}”`;
  return fact === undefined ? title : `${title}的事实“${factTitle(words, deed, fact)}”`;
}

/** The provision's label, norm and relation. */
export const dutyName = (provision: string, norm: string, relation: string): string =>
  `${provisionLabel(provision)}（${norm}，${relationNames[relation] ?? relation}）`;

const relationNames: { readonly [relation: string]: string } = relations;

type Values = Pick<Change, 'property' | 'before' | 'after'>;

/** Whether the sentence omits part of a value. */
export const isShortened = ({ property, before, after }: Values, words: LawWords = noWords): boolean =>
  [before, after].some((value) => {
    if (property !== 'element') return [...inFull(value, words)].length > longest;
    const all = contentLines(value, words);
    return all.join('；').length > mostInside || all.some((one) => [...one].length > longest);
  });

/** In full: one line per property of an element, else the value. Null if there was none. */
export function fullValue(property: string, value: Json, words: LawWords = noWords): string | null {
  if (value === null) return null;
  return property === 'element' ? contentLines(value, words).join('\n') : inFull(value, words);
}
