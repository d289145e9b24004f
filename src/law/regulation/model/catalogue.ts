/** The catalogue of a regulation: provisions and norms, checked for consistency, with look-ups. */
import { z } from 'zod';
import {
  catalogueContentSchema,
  type CatalogueContent,
  type Norm,
  type RegulationVersion,
} from './content.js';
import { actsOf, actsOfVocabulary, groundFact, type Act, type DutyRule, type Vocabulary } from './deeds.js';
import { actsOfMeasures, type Measures } from './measures.js';
import { bearers } from './words.js';
import { dereferenced, exceptsClock, limitsByClock, rulesIn, type LimitRule } from '../../../kernel/limit.js';
import { limitInWords } from './limits.js';
import { contradictions } from './contradictions.js';
import { articleIdOf, isWithin, overlaps, provisionLabel } from './provision-id.js';

interface Provision {
  /** `artN`, `artN.pM`, `artN.pM.iK`: stable across versions. */
  readonly id: string;
  readonly kind: 'article' | 'paragraph' | 'item';
  readonly article: number;
  readonly chapter: number;
  /** Our own words, not the official sentence; for an article its heading. */
  readonly words: string;
  /** Articles only: why it binds nobody. */
  readonly withoutNorm: string | null;
}

export interface Catalogue {
  readonly version: RegulationVersion;
  readonly chapters: readonly { readonly chapter: number; readonly title: string }[];
  readonly provisions: readonly Provision[];
  readonly vocabulary: Vocabulary;
  readonly measures: Measures;
  /** Provisions and norms are in the order of the law. */
  readonly norms: readonly Norm[];
  readonly provision: (id: string) => Provision | undefined;
  readonly norm: (id: string) => Norm | undefined;
  /** Norms in the provision or its parts. */
  readonly normsIn: (provision: string) => readonly Norm[];
}

/**
 * Whether an element may place the norm at this provision: at the norm's own provision, a part of
 * it, or one that contains it.
 */
export const mayStandAt = (norm: Norm, provision: string): boolean =>
  norm.provisions.some((place) => overlaps(place, provision));

/** Number of the norm's article (all its places are in one). @throws {Error} for an unknown norm */
export function articleOf({ norm, provision }: Catalogue, id: string): number {
  const article = provision(articleIdOf(norm(id)?.provisions[0] ?? ''))?.article;
  if (article === undefined) throw new Error(`the catalogue has no norm ${id}`);
  return article;
}

/** @throws {Error} in Chinese, listing all inconsistencies */
export function catalogueOf(content: unknown): Catalogue {
  const read = catalogueContentSchema.safeParse(content);
  if (!read.success)
    throw new Error(`条例目录读不出来：\n${z.prettifyError(read.error)}`, { cause: read.error });
  const { version, vocabulary, measures, chapters } = read.data;
  const provisions = chapters.flatMap(provisionsOf);
  const norms = chapters.flatMap(({ articles }) => articles.flatMap((article) => article.norms));
  const catalogue: Catalogue = {
    version,
    vocabulary,
    measures,
    chapters: chapters.map(({ chapter, title }) => ({ chapter, title })),
    provisions,
    norms,
    provision: lookup(provisions),
    norm: lookup(norms),
    normsIn: (place) => norms.filter((norm) => norm.provisions.some((own) => isWithin(own, place))),
  };
  const wrong = [
    ...inconsistencies(catalogue, read.data),
    ...nowhere(catalogue, read.data),
    ...contradictions(catalogue),
  ];
  if (wrong.length > 0) throw new Error(`条例目录前后不合：\n${wrong.join('\n')}`);
  return catalogue;
}

/** `artN`, or `artN-K` for the K-th inserted after it. */
export const idOfArticle = ({
  article,
  inserted,
}: Pick<CatalogueContent['chapters'][number]['articles'][number], 'article' | 'inserted'>): string =>
  `art${String(article)}${inserted === null ? '' : `-${String(inserted)}`}`;

function lookup<Row extends { readonly id: string }>(rows: readonly Row[]): (id: string) => Row | undefined {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => byId.get(id);
}

function provisionsOf({ chapter, articles }: CatalogueContent['chapters'][number]): Provision[] {
  return articles.flatMap((one) => {
    const { article, heading, paragraphs, withoutNorm } = one;
    const at = { article, chapter, withoutNorm: null };
    const id = idOfArticle(one);
    return [
      { ...at, id, kind: 'article' as const, words: heading, withoutNorm },
      ...paragraphs.flatMap(({ words, items }, index) => {
        const paragraph = `${id}.p${String(index + 1)}`;
        return [
          { ...at, id: paragraph, kind: 'paragraph' as const, words },
          ...items.map((item, place) => ({
            ...at,
            id: `${paragraph}.i${String(place + 1)}`,
            kind: 'item' as const,
            words: item,
          })),
        ];
      }),
    ];
  });
}

function inconsistencies(catalogue: Catalogue, { version, chapters }: CatalogueContent): string[] {
  const wrong = [
    ...unknownActs(catalogue, actsOfVocabulary(catalogue.vocabulary)),
    ...unknownActs(
      catalogue,
      catalogue.vocabulary.clocks.flatMap(({ limit }) => actsOfLimit(limit)),
    ),
    ...severalLimits(catalogue),
    ...unknownShown(catalogue),
    ...unmeasurable(catalogue),
  ];
  const { deeds, orders } = catalogue.vocabulary;
  for (const { provision } of [...orders, ...deeds.flatMap(({ apart }) => apart)]) {
    if (!catalogue.provision(provision)) wrong.push(`先后、分离依据的 ${provision} 不在条例里`);
  }
  const articles = chapters.flatMap((chapter) => chapter.articles);
  const numbers = articles.filter(({ inserted }) => inserted === null).map(({ article }) => article);
  const wanted = Array.from({ length: version.articles ?? 0 }, (_, index) => index + 1);
  if (version.articles !== null && numbers.join() !== wanted.join()) {
    wrong.push(`应当依次是第 1 至 ${String(version.articles)} 条，实际是 ${numbers.join('、')}`);
  }
  const unordered = numbers.find((number, index) => number <= (numbers[index - 1] ?? 0));
  if (version.articles === null && unordered !== undefined)
    wrong.push(`${provisionLabel(`art${String(unordered)}`)}不在它的次序上，或者写了两次`);
  for (const [index, { article, inserted }] of articles.entries()) {
    const before = articles[index - 1];
    if (inserted === null || (before?.article === article && (before.inserted ?? 0) + 1 === inserted))
      continue;
    wrong.push(`${provisionLabel(`art${String(article)}-${String(inserted)}`)}没有接在它前面的一条之后`);
  }
  const ids = catalogue.norms.map(({ id }) => id);
  for (const id of ids.filter((one, index) => ids.indexOf(one) !== index)) wrong.push(`${id} 写了两次`);
  for (const one of articles) {
    const { norms, withoutNorm } = one;
    const here = idOfArticle(one);
    if ((norms.length === 0) !== (withoutNorm !== null)) {
      wrong.push(`${provisionLabel(here)}：要么有义务，要么写明为什么没有`);
    }
    for (const norm of norms) {
      for (const place of norm.provisions) {
        if (!catalogue.provision(place)) wrong.push(`${norm.id}：没有 ${place} 这一处`);
        if (articleIdOf(place) !== here) wrong.push(`${norm.id}：${place} 不在${provisionLabel(here)}里`);
      }
      for (const objection of objections(norm, catalogue)) wrong.push(`${norm.id}：${objection}`);
      for (const other of [...norm.exceptionOf, ...norm.compensatedBy]) {
        if (other === norm.id || !catalogue.norm(other))
          wrong.push(`${norm.id}：没有 ${other} 这一项可以牵连`);
      }
    }
  }
  return wrong;
}

/** Provisions, norms and deeds that purposes name and the text lacks. */
const nowhere = (
  { provision, norm, norms: all, vocabulary }: Catalogue,
  { purposes: { purposes, norms, supervision, titles } }: CatalogueContent,
): string[] => [
  ...all.flatMap(({ id, bearers: those }) =>
    those
      .filter((bearer) => !(bearer in bearers || bearer in titles.bearers))
      .map((bearer) => `${id}：没有“${bearer}”这一方；在 purposes.json 的 titles.bearers 里写它的名称`),
  ),
  ...supervision.grounds
    .filter((ground) => !provision(ground.provision))
    .map((ground) => `督办的事由：没有 ${ground.provision} 这一处`),
  ...supervision.orders
    .filter(({ deed }) => !vocabulary.deeds.some(({ name }) => name === deed))
    .map(({ deed, title }) => `${title}：没有行为 ${deed}`),
  ...Object.entries(purposes).flatMap(([purpose, found]) =>
    ('provisions' in found ? found.provisions : found)
      .filter((id) => !provision(id))
      .map((id) => `${purpose}：没有 ${id} 这一处`),
  ),
  ...Object.entries(norms).flatMap(([checked, ids]) =>
    ids.filter((id) => !norm(id)).map((id) => `${checked}：没有 ${id} 这一项`),
  ),
];

/** What the rule of the norm's duty names and the vocabulary lacks. */
function objections(of: Norm, catalogue: Catalogue): string[] {
  const { duty, power, evidence, limit, when, exceptionOf, forbids, modality, claimant, demand } = of;
  const { vocabulary, norm } = catalogue;
  const unknown = unknownActs(catalogue, [
    ...(duty ? actsOf(duty) : []),
    ...(power ? [...power.decided, ...power.used] : []),
    ...evidence.deeds.map((deed) => ({ deed, facts: {} })),
    ...evidence.conditional.map((one) => one.when),
    ...actsOfLimit(limit),
    ...(when ? [when] : []),
    ...forbids,
    ...(demand === null ? [] : [{ deed: demand, facts: {} }]),
  ]);
  if ((claimant === null) !== (demand === null)) unknown.push('claimant 和 demand 要么都写，要么都不写');
  if (claimant !== null && !vocabulary.parties.some(({ key }) => key === claimant))
    unknown.push(`词汇里没有“${claimant}”这一方（parties）`);
  if (limit && !dereferenced(limit, (id) => norm(id)?.limit))
    unknown.push('期限所依的那一项没有期限，或者绕了一圈');
  if (when && limit && exceptsClock(exceptionOf, duty, catalogue.norms)) {
    const limitOf = (id: string) => norm(id)?.limit;
    const own = dereferenced(limit, limitOf);
    const said = JSON.stringify(own);
    const isOther = exceptionOf.every(
      (id) => JSON.stringify(dereferenced(limitOf(id) ?? {}, limitOf)) !== said,
    );
    if (Array.isArray(own) && isOther)
      unknown.push('例外的期限只能有一种长短，不能是有条件的清单：每一种情形写成自己的一项例外（when）');
  }
  unknown.push(...unextendable(of, catalogue));
  if (when && exceptionOf.length === 0) unknown.push('写了 when，没有写是谁的例外（exceptionOf）');
  if (when && vocabulary.deeds.some(({ name, effect }) => name === when.deed && effect === 'registers'))
    unknown.push('登记的事实会更正，例外不能依它：不必做的行为写在 waived');
  if (forbids.length > 0 && modality !== 'not') unknown.push('forbids 只写在“不得”的规范里');
  if (!duty) return unknown;
  if (!vocabulary.subjects.some(({ key }) => key === duty.subject)) unknown.push(`没有对象 ${duty.subject}`);
  if (duty.clock !== null && !vocabulary.clocks.some(({ key }) => key === duty.clock)) {
    unknown.push(`没有期限 ${duty.clock}`);
  }
  for (const { by } of [...duty.waived, ...duty.madeGood]) if (!norm(by)) unknown.push(`没有 ${by} 这一项`);
  return [...unknown, ...groundless(duty, catalogue)];
}

/** Deeds and facts that decide how long the limit is. */
const actsOfLimit = (rule: LimitRule | null): Act[] =>
  rulesIn(rule ?? []).flatMap(({ when, chosen, told, before, stated }) => [
    ...(when ? [when as Act] : []),
    ...[chosen, told, before, stated].flatMap((one) =>
      one ? [{ deed: one.deed, facts: { [one.fact]: '' } }] : [],
    ),
    ...(stated?.by === undefined ? [] : [{ deed: stated.deed, facts: { [stated.by]: '' } }]),
  ]);

/** What the extension names and the version lacks. */
function unextendable({ duty, extension }: Norm, catalogue: Catalogue): string[] {
  if (!extension) return [];
  const { asks, grants = asks, grantedBy, tells } = extension;
  const by = catalogue.vocabulary.deeds.find(({ name }) => name === grants)?.by ?? [];
  return [
    ...unknownActs(
      catalogue,
      [asks, grants].map((deed) => ({ deed, facts: {} })),
    ),
    ...(grantedBy === undefined || by.includes(grantedBy)
      ? []
      : [`延期由 ${grantedBy} 准予，准予的行为 ${grants} 却不由它做`]),
    ...(tells === undefined || catalogue.norm(tells)?.duty ? [] : [`延期依 ${tells} 告知，那一项却没有义务`]),
    ...(duty?.clock ? [] : ['写了延期，却没有期限（duty.clock）']),
  ];
}

/** One clock has one limit; of several numbers of working days the smallest is it. */
function severalLimits({ norms, vocabulary }: Catalogue): string[] {
  const own = vocabulary.clocks.map(({ key, limit }) => ({ limit, duty: { clock: key } }));
  return [...limitsByClock([...norms, ...own])].flatMap(([clock, rules]) =>
    rules.length < 2
      ? []
      : [
          `期限 ${clock} 有几种说法：${rules.map(limitInWords).join('；')}。只写一处，别处写 as，或者写成有条件（when）的清单`,
        ],
  );
}

/** Remedies that do not say which grounds remedy the violation, or name a provision that the text lacks. */
const groundless = ({ madeGood }: DutyRule, { vocabulary, provision }: Catalogue): string[] =>
  madeGood.flatMap(({ by, when: { deed, facts } }) => {
    const meant = vocabulary.deeds.find(({ name }) => name === deed);
    if (!meant || !(groundFact in meant.facts)) return [];
    const grounds = [facts[groundFact] ?? []].flat();
    if (grounds.length === 0)
      return [`由 ${by} 补救的行为 ${deed} 有事由，madeGood 须写明哪些事由（${groundFact}）补救它`];
    return grounds
      .filter((one) => !provision(String(one)))
      .map((one) => `由 ${by} 补救的事由：没有 ${String(one)} 这一处`);
  });

const unknownShown = ({ vocabulary }: Catalogue): string[] =>
  vocabulary.deeds.flatMap(({ name, facts, shown, reaches }) => [
    ...shown.flatMap((one) =>
      'fact' in one && !(one.fact in facts) ? [`行为 ${name} 没有事实 ${one.fact}，不能显示给来电人`] : [],
    ),
    ...(reaches && !(reaches.fact in facts) ? [`行为 ${name} 没有事实 ${reaches.fact}`] : []),
  ]);

/** What the measures name and the version lacks. */
function unmeasurable(catalogue: Catalogue): string[] {
  const { measures, vocabulary, provision } = catalogue;
  const { kind } = measures;
  const meant = vocabulary.deeds.find(({ name }) => name === kind.deed);
  return [
    ...unknownActs(catalogue, actsOfMeasures(measures)),
    ...(meant && !(kind.fact in meant.facts) ? [`行为 ${kind.deed} 没有事实 ${kind.fact}`] : []),
    ...Object.entries(measures.measures).flatMap(([key, { provision: place, decided, instead }]) => [
      ...(provision(place) ? [] : [`${key}：没有 ${place} 这一处`]),
      ...[...decided, ...(instead?.decided ?? [])]
        .flatMap((one) => ('passed' in one ? [one.passed] : 'when' in one ? (one.unlessPassed ?? []) : []))
        .filter((clock) => !vocabulary.clocks.some((one) => one.key === clock))
        .map((clock) => `${key}：没有期限 ${clock}`),
    ]),
  ];
}

function unknownActs({ vocabulary }: Catalogue, acts: readonly Act[]): string[] {
  return acts.flatMap(({ deed, facts }) => {
    const meant = vocabulary.deeds.find(({ name }) => name === deed);
    if (!meant) return [`词汇里没有行为 ${deed}`];
    return Object.keys(facts).flatMap((fact) =>
      fact in meant.facts ? [] : [`行为 ${deed} 没有事实 ${fact}`],
    );
  });
}
