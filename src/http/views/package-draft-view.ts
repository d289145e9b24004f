/** How the contract shows a draft of a new city. */
import { purposes } from '../../kernel/law.js';
import { limitCases, wordsOfBase, type PackageDraftView } from '../../design/package/new/index.js';

type ArticleView = PackageDraftView['articles'][number];

function stateOf(
  { id, answer }: ArticleView,
  faults: PackageDraftView['faults'],
): 'open' | 'suggested' | 'faulty' | 'answered' {
  if (answer === undefined || answer === null) return 'open';
  if (Array.isArray(answer) && answer.some(({ suggested }) => suggested)) return 'suggested';
  return faults.some(({ article }) => article === id) ? 'faulty' : 'answered';
}

export const packageDraftHead = (draft: PackageDraftView) => {
  const { id, revision, law, answers, articles, faults, changedAt, changedBy } = draft;
  return {
    ...{ id, revision, changedAt, changedBy },
    title: answers.law.title ?? law.title,
    city: answers.city.names[0] ?? '',
    answered: articles.filter((article) => stateOf(article, faults) === 'answered').length,
    of: articles.length,
  };
};

export function packageDraftView(draft: PackageDraftView) {
  const { law, acts, answers, articles, faults } = draft;
  const { adoptedOn = null, approvedOn = null, inForceFrom = null } = law;
  const { titles, policies } = wordsOfBase(acts);
  const called = { ...titles, ...answers.titles };
  const said = (text: string): string =>
    text.replaceAll(/\{([a-z][a-z0-9-]*)\}/g, (all, name: string) => called[name] ?? all);
  const chapterOf = new Map(
    law.chapters.flatMap(({ title, articles: all }) => all.map(({ id }) => [id, title])),
  );
  return {
    ...packageDraftHead(draft),
    ...answers,
    ofText: { adoptedOn, approvedOn, inForceFrom },
    articles: articles.map((article) => ({
      ...article,
      chapter: chapterOf.get(article.id) ?? '',
      state: stateOf(article, faults),
      answer: article.answer ?? null,
    })),
    faults: faults.map((fault) => ({ ...fault, what: said(fault.what) })),
    vocabulary: {
      acts: Object.entries(acts.acts).map(([key, { title, who, needed, norm }]) => ({
        ...{ key, who, needed },
        title: said(title),
        hasLimit: norm.duty?.clock !== undefined,
      })),
      titles,
      parties: acts.parties,
      policies: policies.map(({ key, label }) => ({ key, label: said(label) })),
      purposes,
      cases: limitCases(acts).map((one) => ({ ...one, label: said(one.label) })),
      extension: acts.extension,
    },
  };
}
