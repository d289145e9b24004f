/** One change as a Chinese sentence for an approver: `第24条 回复期限由 5 个工作日改为 6 个工作日`. */
import type { Annotations, BpmnElement } from '../../../engine/model/index.js';
import type { Json } from '../../../kernel/json.js';
import { deedTitle, type LawWords } from './law-words.js';
import { withAllNames, withNames } from './with-names.js';
import { elementName, kindName } from './names.js';
import { propertyName } from './properties.js';
import { shortened, shortenedPair } from './shorten.js';
import { timerInWords, timerProperties } from './timer-words.js';
import { dutyName, inFull, longest, mostInside, quoted, contentLines } from './full-value.js';
import { checkedNorms, normFor, type Law } from '../../../kernel/law.js';

export interface Side {
  readonly element: Annotations['element'];
}

export interface Changed {
  readonly owner: BpmnElement;
  readonly property: string;
  readonly before: Json;
  readonly after: Json;
  readonly earlier: Side & {
    readonly flat: ReadonlyMap<string, ReadonlyMap<string, { readonly value: Json }>>;
  };
  readonly later: Changed['earlier'];
  readonly words: LawWords;
  readonly law: Law;
}

/** Names of limits by the norm they check. */
function limitName(norm: string | undefined, law: Law): string | undefined {
  const checked = checkedNorms.find((one) => norm !== undefined && normFor(one, law) === norm);
  return checked && limitNames[checked];
}

const limitNames: { readonly [Norm in (typeof checkedNorms)[number]]: string } = {
  reply: '回复期限',
  completion: '办结期限',
  supervision: '督办期限',
  dispatch: '转办提醒',
  rectification: '整改期限',
};

export function sentenceOf(changed: Changed): string {
  const { owner, property, before, after, earlier, later, words, law } = changed;
  const name = `${kindName(owner)}“${nameOf(owner)}”`;
  if (property === 'element')
    return before === null
      ? `新增${name}${inside(withAllNames(after, later.flat, words, law), words)}`
      : `删去${name}${inside(withAllNames(before, earlier.flat, words, law), words)}`;
  if (timerProperties.has(property)) return timerSentence(changed);
  const link = /^norm\[(\S+) (\S+) (\S+)\]$/.exec(property);
  if (link) {
    const [, provision = '', norm = '', relation = ''] = link;
    const duty = dutyName(provision, norm, relation);
    return `${name}${before === null ? '链接了' : '不再链接'}${duty}`;
  }
  const deed = /^deed\[([^\]]+)\](?:\(\d+\))?$/.exec(property)?.[1];
  if (deed !== undefined) {
    const title = `行为“${deedTitle(words, deed)}”`;
    const details = inside(withAllNames(detailsOf(property, before ?? after), later.flat, words, law), words);
    const done = before === null ? '做了' : '不再做';
    return `${prefix(changed)}${name}${done}${title}${details.replaceAll(`${title}的`, '')}`;
  }
  const scenario = /^scenario\[([^\]]+)\](?:\.(\w+))?$/.exec(property);
  if (scenario) return scenarioSentence(changed, scenario[1] ?? '', scenario[2]);
  const [was, is] = [
    withNames(property, before, earlier.flat, words, law),
    withNames(property, after, later.flat, words, law),
  ];
  return `${prefix(changed)}${name}的${propertyName(property, words)}${becomes(was, is, words)}`;
}

function scenarioSentence(
  { owner, before, after, earlier, later }: Changed,
  name: string,
  part: string | undefined,
): string {
  const said = (side: Changed['earlier'], what: string): Json =>
    side.flat.get(owner.id ?? '')?.get(`scenario[${name}].${what}`)?.value ?? null;
  const inWords = (value: Json): string => (typeof value === 'string' ? value : '');
  const title = `情景“${inWords(said(later, 'title') ?? said(earlier, 'title')) || name}”`;
  const reason = inWords(said(later, 'retired'));
  switch (part) {
    case undefined:
      if (after === null) return `删去${title}`;
      return reason === '' ? `新增${title}` : `停用${title}：${reason}`;
    case 'retired':
      return after === null ? `恢复${title}` : `停用${title}：${reason}`;
    case 'title':
      return `情景“${inWords(before)}”改名为“${inWords(after)}”`;
    default:
      return `改动${title}的步骤或应当如此的结果`;
  }
}

/** Properties of the deed as the element's properties, without the deed's name. */
const detailsOf = (deed: string, contents: Json): Json =>
  typeof contents !== 'object' || contents === null || Array.isArray(contents)
    ? null
    : Object.fromEntries(
        Object.entries(contents)
          .filter(([property]) => property !== 'name')
          .map(([property, value]) => [`${deed}.${property}`, value]),
      );

function timerSentence(changed: Changed): string {
  const { owner, earlier, later, property, before, after, words, law } = changed;
  const [was, is] = [earlier, later].map((side) => timerInWords(side.flat.get(owner.id ?? ''), words));
  const norm = (later.element(owner.id ?? '') ?? earlier.element(owner.id ?? ''))?.norms.find(
    ({ relation }) => relation === 'checks',
  )?.norm;
  const name = limitName(norm, law) ?? `“${nameOf(owner)}”`;
  const said =
    was === is
      ? `${name}的${propertyName(property, words)}${becomes(withNames(property, before, earlier.flat, words, law), withNames(property, after, later.flat, words, law), words)}`
      : `${name}由 ${was ?? ''}改为 ${is ?? ''}`;
  return `${prefix(changed)}${said}`;
}

/** `第24条 ` if the element is linked to a norm. */
function prefix({ owner, earlier, later }: Changed): string {
  const [link] = (later.element(owner.id ?? '') ?? earlier.element(owner.id ?? ''))?.norms ?? [];
  const article = /^art(\d+)/.exec(link?.provision ?? '')?.[1];
  return article === undefined ? '' : `第${article}条 `;
}

function becomes(before: Json, after: Json, words: LawWords): string {
  if (before === null) return `写上了 ${shown(after, words)}`;
  if (after === null) return `删去了（原为 ${shown(before, words)}）`;
  const [was, is] = shortenedPair(inFull(before, words), inFull(after, words), longest);
  return `由 ${quoted(before, was)}改为 ${quoted(after, is)}`;
}

const longestName = 40;

const nameOf = (owner: BpmnElement): string => shortened(elementName(owner), longestName);

const shown = (value: Json, words: LawWords): string =>
  quoted(value, shortened(inFull(value, words), longest));

/** Abridged content of an added or removed element. */
function inside(contents: Json, words: LawWords): string {
  const all = contentLines(contents, words);
  const kept: string[] = [];
  for (const one of all.map((text) => shortened(text, longest))) {
    if ([...kept, one].join('；').length > mostInside) break;
    kept.push(one);
  }
  if (all.length === 0) return '';
  return `（${kept.join('；')}${kept.length < all.length ? `；另有 ${all.length - kept.length} 项` : ''}）`;
}
