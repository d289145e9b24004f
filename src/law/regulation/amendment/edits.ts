/** Applies an amendment's edits to the catalogue that it amends. */
import type { z } from 'zod';
import { Refusal } from '../../../kernel/index.js';
import type { Law } from '../../../kernel/law.js';
import { reasonOf } from '../../../kernel/reason-of.js';
import { roles } from '../../../kernel/role-name.js';
import { catalogueOf, idOfArticle, type Catalogue } from '../model/catalogue.js';
import { contentOf, type CatalogueContent } from '../model/content.js';
import type { Edit, newNormSchema } from '../model/edits.js';

interface Next {
  /** First day in force, `YYYY-MM-DD` in Asia/Shanghai. */
  readonly inForceFrom: string;
  /** Name of the version: `2018-2`. */
  readonly version: string;
  /** The act that enacts it. */
  readonly source: string;
}

type Article = CatalogueContent['chapters'][number]['articles'][number];
type NormContent = Article['norms'][number];

/**
 * The content of the next version.
 *
 * @param law with the known roles
 * @throws {Refusal} `amendment.invalid` for an edit of something that the base lacks, or an
 * inconsistent result
 */
export function applyEdits(
  base: unknown,
  edits: readonly Edit[],
  { inForceFrom, version, source }: Next,
  law: Law,
): { readonly content: CatalogueContent; readonly catalogue: Catalogue } {
  const content = structuredClone(contentOf(base));
  Object.assign(content.version, { inForceFrom, inForceTo: null, version, source });
  for (const [index, edit] of edits.entries()) {
    const wrong = applied(content, edit, law);
    if (wrong !== undefined) throw invalid(`第 ${index + 1} 项改动：${wrong}`, `edits.${index}`);
  }
  try {
    return { content, catalogue: catalogueOf(content) };
  } catch (cause) {
    throw invalid(reasonOf(cause), 'edits');
  }
}

const invalid = (what: string, where: string) =>
  new Refusal('amendment.invalid', what, { where, remedy: '改正这一项；目录里有什么，见“条例”页' });

/** @returns what is wrong */
function applied(content: CatalogueContent, edit: Edit, law: Law): string | undefined {
  const articles = content.chapters.flatMap((chapter) => chapter.articles);
  switch (edit.edit) {
    case 'words':
      return setWords(articles, edit.provision, edit.words);
    case 'norm': {
      const norm = articles.flatMap(({ norms }) => norms).find(({ id }) => id === edit.norm);
      if (!norm) return `没有 ${edit.norm} 这一项`;
      const { opens, discharged, clock, ...set } = edit.set;
      Object.assign(norm, set);
      const ruled = Object.entries({ opens, discharged, clock }).filter(([, value]) => value !== undefined);
      if (ruled.length === 0) return undefined;
      if (!norm.duty) return `${edit.norm} 没有工单上的义务，谈不上由哪个行为引起、履行`;
      Object.assign(norm.duty, Object.fromEntries(ruled));
      return undefined;
    }
    case 'repeal':
      return repeal(articles, edit.norm, edit.reason);
    case 'article':
      return insert(content, edit);
    case 'level': {
      const level = content.purposes.levels.find(({ key }) => key === edit.level);
      if (!level) return `没有级别 ${edit.level}`;
      const { reported, ...set } = edit.set;
      Object.assign(level, set);
      if (reported === null) delete level.reported;
      else if (reported !== undefined) level.reported = reported;
      return undefined;
    }
    case 'deed': {
      const deed = content.vocabulary.deeds.find(({ name }) => name === edit.deed);
      if (!deed) return `词汇里没有行为 ${edit.deed}`;
      const unknown = edit.by.find((role) => !Object.hasOwn(roles(law), role));
      if (unknown !== undefined) return `没有 ${unknown} 这个岗位`;
      deed.by = edit.by;
      return undefined;
    }
  }
}

function setWords(articles: readonly Article[], place: string, said: string): string | undefined {
  const [, id = '', paragraph, item] = /^(art[\d-]+)(?:\.p(\d+))?(?:\.i(\d+))?$/.exec(place) ?? [];
  const article = articles.find((one) => idOfArticle(one) === id);
  const part = article?.paragraphs[Number(paragraph) - 1];
  if (!article || (paragraph !== undefined && !part)) return `没有 ${place} 这一处`;
  if (!part) article.heading = said;
  else if (item === undefined) part.words = said;
  else if (part.items[Number(item) - 1] === undefined) return `没有 ${place} 这一处`;
  else part.items[Number(item) - 1] = said;
  return undefined;
}

function repeal(articles: readonly Article[], norm: string, reason: string): string | undefined {
  const article = articles.find(({ norms }) => norms.some(({ id }) => id === norm));
  if (!article) return `没有 ${norm} 这一项`;
  article.norms = article.norms.filter(({ id }) => id !== norm);
  if (article.norms.length === 0) article.withoutNorm = reason;
  for (const other of articles.flatMap(({ norms }) => norms)) {
    other.exceptionOf = other.exceptionOf.filter((id) => id !== norm);
    other.compensatedBy = other.compensatedBy.filter((id) => id !== norm);
    if (!other.duty) continue;
    other.duty.madeGood = other.duty.madeGood.filter(({ by }) => by !== norm);
    other.duty.waived = other.duty.waived.filter(({ by }) => by !== norm);
  }
  return undefined;
}

function insert(content: CatalogueContent, edit: Extract<Edit, { edit: 'article' }>): string | undefined {
  const chapter = content.chapters.find(({ articles }) =>
    articles.some((one) => idOfArticle(one) === edit.after),
  );
  const after = chapter?.articles.find((one) => idOfArticle(one) === edit.after);
  if (!chapter || !after) return `没有 ${edit.after} 这一条可以接在后面`;
  const inserted = (after.inserted ?? 0) + 1;
  const same = chapter.articles.filter(({ article }) => article === after.article);
  for (const one of same)
    if ((one.inserted ?? 0) >= inserted) return `${edit.after} 后面已经有了一条，接在它后面`;
  const used = new Set(content.chapters.flatMap(({ articles }) => articles.flatMap(idsOfNorms)));
  const id = idOfArticle({ article: after.article, inserted });
  const norms = edit.norms.map((norm) => {
    const own = freeNorm(used);
    used.add(own);
    return normOf(norm, own, `${id}.p1`, content);
  });
  chapter.articles.splice(chapter.articles.indexOf(after) + 1, 0, {
    article: after.article,
    inserted,
    heading: edit.heading,
    paragraphs: edit.paragraphs.map((said) => ({ words: said, items: [] })),
    norms,
    withoutNorm: edit.withoutNorm,
  });
  return undefined;
}

const idsOfNorms = ({ norms }: Article): string[] => norms.map(({ id }) => id);

/** The first unused number, counting numbers with a letter as used. */
function freeNorm(used: ReadonlySet<string>): string {
  const taken = new Set([...used].map((id) => id.slice(0, 3)));
  const letter = [...used][0]?.charAt(0) ?? 'J';
  for (let number = 1; number < 100; number += 1) {
    const id = `${letter}${String(number).padStart(2, '0')}`;
    if (!taken.has(id)) return id;
  }
  throw new Error('the catalogue has no free number of a norm');
}

function normOf(
  { duty, reason, ...said }: z.output<typeof newNormSchema>,
  id: string,
  place: string,
  content: CatalogueContent,
): NormContent {
  const base = {
    ...said,
    id,
    provisions: [place],
    kind: 'achievement' as const,
    exceptionOf: [],
    extension: null,
    when: null,
    from: 'deed' as const,
    forbids: [],
    then: 'refuse' as const,
    claimant: null,
    demand: null,
    certainty: 'V' as const,
    evidence: { events: [], fields: [], deeds: [], conditional: [] },
    openPoints: [],
    // The duty's subject is that of the deed that opens it.
    duty: duty && {
      ...duty,
      subject: subjectOf(duty.opens[0]?.deed, content),
      waived: [],
      void: [],
      broken: [],
      madeGood: [],
    },
    unowed: null,
    power: null,
  };
  return reason === null
    ? { ...base, enforceable: true, coveredBy: ['fulfils'] }
    : { ...base, enforceable: false, reason };
}

const subjectOf = (deed: string | undefined, { vocabulary }: CatalogueContent): string =>
  vocabulary.deeds.find(({ name }) => name === deed)?.subject ?? '';
