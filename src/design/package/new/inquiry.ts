/**
 * The questions that the text of a law raises, article by article, what its own words suggest as
 * answers, and what is wrong with the answers given. One engine for the command and the browser. Pure.
 */
import { rulesIn, type Limit } from '../../../kernel/limit.js';
import {
  articleIdOf,
  isWithin,
  limitInWords,
  limitSchema,
  modalities,
  provisionLabel,
} from '../../../law/regulation/model/index.js';
import type { LawArticle, LawText } from '../../../law/regulation/index.js';
import type { Acts } from './acts.js';
import type { Answers, NormAnswer } from '../answers/index.js';
import { lengthsIn, names } from './lengths.js';

export interface Inquiry {
  readonly articles: readonly ArticleInquiry[];
  /** What keeps the package from being written, in the order of the law. */
  readonly faults: readonly AnswerFault[];
}

interface ArticleInquiry {
  readonly id: string;
  readonly label: string;
  readonly sentences: readonly { readonly provision: string; readonly words: string }[];
  /** What the words suggest; whoever answers confirms or changes it. */
  readonly suggested: readonly NormAnswer[] | null;
  readonly answer: Answers['articles'][string] | undefined;
}

export interface AnswerFault {
  /** The provision, or the part of the answers. */
  readonly where: string;
  readonly what: string;
  readonly fix: string;
  /** How the file of answers writes it. */
  readonly inFile?: string;
  readonly article?: string;
  /** Which of the article's norms. */
  readonly norm?: number;
}

export function inquire(law: LawText, acts: Acts, answers: Answers): Inquiry {
  const articles = law.chapters.flatMap((chapter) => chapter.articles);
  return {
    articles: articles.map((article) => ({
      id: article.id,
      label: provisionLabel(article.id),
      sentences: sentencesOf(article),
      suggested: suggestion(article, acts),
      answer: answers.articles[article.id],
    })),
    faults: [
      ...articles.flatMap((article) =>
        faultsOfArticle(article, acts, answers).map((fault) => ({ ...fault, article: article.id })),
      ),
      ...strayArticles(articles, answers),
      ...missingActs(acts, answers),
      ...severalLimits(acts, answers),
      ...missingDays(law, answers),
    ],
  };
}

/** All sentences, items after their paragraph. */
export const sentencesOf = ({ id, paragraphs }: LawArticle) =>
  paragraphs.flatMap(({ words, items }, index) => {
    const paragraph = `${id}.p${index + 1}`;
    return [
      { provision: paragraph, words },
      ...items.map((item, place) => ({ provision: `${paragraph}.i${place + 1}`, words: item })),
    ];
  });

/** The words at the provisions, and of the paragraph before an item. */
export function wordsAt(article: LawArticle, at: readonly string[] = [article.id]): string {
  return sentencesOf(article)
    .filter(({ provision }) => at.some((place) => isWithin(provision, place) || isWithin(place, provision)))
    .map(({ words }) => words)
    .join('');
}

const binding = {
  not: /不得|禁止|严禁|不予/,
  shall: /应当|必须|负责|不得/,
  may: /可以|有权|享有/,
  should: /宜|鼓励|支持|提倡|推动|倡导/,
} as const;

const modalityOf = (words: string): NormAnswer['binding'] | undefined =>
  (['not', 'shall', 'may', 'should'] as const).find((one) => binding[one].test(words));

/** Null: no word of the article names an act. */
function suggestion(article: LawArticle, { acts }: Acts): NormAnswer[] | null {
  const found = sentencesOf(article).flatMap(({ provision, words }) => {
    const within = lengthsIn(words).find((length) => limitSchema.safeParse(length).success);
    return Object.entries(acts)
      .filter(([, { signs }]) => signs.some((sign) => words.includes(sign)))
      .map(([does, { who, norm }]): NormAnswer => ({
        suggested: true,
        at: [provision],
        binding: modalityOf(wordsAt(article, [provision])) ?? 'shall',
        ...{ who, does },
        ...(within && norm.duty?.clock !== undefined ? { within } : {}),
      }));
  });
  return found.length > 0 ? found : null;
}

function faultsOfArticle(article: LawArticle, acts: Acts, answers: Answers): AnswerFault[] {
  const answer = answers.articles[article.id];
  const label = provisionLabel(article.id);
  if (answer === undefined || answer === null)
    return [
      {
        where: label,
        what: '还没有回答',
        fix: '答一句为什么不约束热线的工作，或者一列义务',
        inFile: `在 articles 里写 "${article.id}"，怎样写见 docs/package.md`,
      },
    ];
  if (typeof answer === 'string') return [];
  return answer.flatMap((norm, index) =>
    faultsOfNorm(article, norm, acts, answers).map((fault) => ({ ...fault, norm: index })),
  );
}

function faultsOfNorm(article: LawArticle, norm: NormAnswer, acts: Acts, answers: Answers): AnswerFault[] {
  const { at = [article.id], does, outside, within } = norm;
  const where = at.map(provisionLabel).join('、');
  const fault = (what: string, fix: string, inFile?: string): AnswerFault => ({
    ...{ where, what, fix },
    ...(inFile === undefined ? {} : { inFile }),
  });
  const known = new Set([article.id, ...sentencesOf(article).map(({ provision }) => provision)]);
  const nowhere = at.filter((place) => !known.has(place));
  if (nowhere.length > 0)
    return [
      fault(`${provisionLabel(article.id)}里没有 ${nowhere.join('、')}`, `可以写 ${[...known].join('、')}`),
    ];
  const act = does === undefined ? undefined : acts.acts[does];
  const words = wordsAt(article, at);
  return [
    ...(norm.suggested
      ? [fault('还是程序的建议，没有人核对过', '对的确认，不对的改', '确认的去掉 "suggested"')]
      : []),
    ...((does === undefined) === (outside === undefined)
      ? [
          fault(
            '要么是程序里的一件事，要么写为什么不是',
            '选一件，或者写一句为什么',
            `does、outside 写一个；does 可以写 ${listed(acts)}`,
          ),
        ]
      : []),
    ...(does !== undefined && !act ? [fault(`没有“${does}”这件事`, `可以写 ${listed(acts)}`)] : []),
    ...norm.who
      .filter((party) => !(party in answers.parties))
      .map((party) => fault(`没有“${party}”这一方`, '在各方里写它在这部法里叫什么', 'parties')),
    ...unlikeText(norm, words).map((what) => fault(what, '照条文改答案')),
    ...(act?.timed && !within && lengthsIn(wordsAtOnly(article, at)).length === 0
      ? [
          fault(
            `“${act.title}”没有期限，数不了按时的件数`,
            '写期限；条文只说“及时”的，写这个词，和由哪项政策定',
            'within 写 {"word": "及时", "policy": …}，见 reference/new-city.md',
          ),
        ]
      : []),
    ...(act && act.norm.duty?.clock === undefined && within
      ? [fault(`“${act.title}”没有期限可计`, '期限写在有期限的那件事上，或者去掉', 'within')]
      : []),
    ...(act?.norm.duty?.clock !== undefined &&
    within === undefined &&
    lengthsIn(wordsAtOnly(article, at)).length > 0
      ? [
          fault(
            `条文写了期限（${shown(wordsAtOnly(article, at))}），答案没有`,
            '写期限；这个期限不是它的，说明不是',
            'within；不是它的写 "within": null',
          ),
        ]
      : []),
  ];
}

const listed = ({ acts }: Acts): string =>
  Object.entries(acts)
    .map(([key, { title }]) => `${key}（${title}）`)
    .join('、');

/** Only the sentences at the provisions themselves. */
const wordsAtOnly = (article: LawArticle, at: readonly string[]): string =>
  sentencesOf(article)
    .filter(({ provision }) => at.some((place) => isWithin(provision, place)))
    .map(({ words }) => words)
    .join('');

const shown = (words: string): string => lengthsIn(words).map(limitInWords).join('、');

/** What the answer says otherwise than the text. */
function unlikeText({ binding: bound, within, extension }: NormAnswer, words: string): string[] {
  const lengths = lengthsIn(words);
  const limits: readonly Limit[] = [
    ...rulesIn(within ?? []),
    ...(extension?.inAll ? [extension.inAll as Limit] : []),
  ];
  const numbers = limits.filter(({ days, hours, months }) => days ?? hours ?? months);
  return [
    ...numbers
      .filter((limit) => !names(lengths, limit))
      .map((limit) =>
        lengths.length === 0
          ? `条文没有写期限，答的是 ${limitInWords(limit)}`
          : `条文写的是 ${lengths.map(limitInWords).join('、')}，答的是 ${limitInWords(limit)}`,
      ),
    ...(bound === 'shall' &&
    !binding.shall.test(words) &&
    (binding.may.test(words) || binding.should.test(words))
      ? ['条文写的是“可以”“鼓励”一类，答的是应当']
      : []),
    ...(bound !== 'shall' && !binding[bound].test(words)
      ? [`条文没有${titles[bound]}一类的话，答的是${modalities[bound]}`]
      : []),
  ];
}

const titles = { not: '“不得”', may: '“可以”“有权”', should: '“宜”“鼓励”' } as const;

const strayArticles = (articles: readonly LawArticle[], answers: Answers): AnswerFault[] =>
  Object.keys(answers.articles)
    .filter((id) => !articles.some((article) => article.id === id))
    .map((id) => ({
      where: id,
      what: `这部法没有${provisionLabel(articleIdOf(id))}`,
      fix: id.includes('.')
        ? `写在 "${articleIdOf(id)}" 之下，用 at 说明是哪一款、项`
        : '去掉它，或者改正条号',
    }));

/** Without these nobody can call and be answered. */
function missingActs({ acts }: Acts, answers: Answers): AnswerFault[] {
  const done = new Set(
    Object.values(answers.articles).flatMap((answer) =>
      Array.isArray(answer) ? answer.flatMap(({ does }) => does ?? []) : [],
    ),
  );
  return Object.entries(acts)
    .filter(([key, { needed }]) => needed && !done.has(key))
    .map(([key, { title }]) => ({
      where: key,
      what: `没有一条答作“${title}”；没有它，来电没有人办`,
      fix: '在写了它的那一条里答这件事',
      inFile: `"does": "${key}"`,
    }));
}

/** One clock has one limit, so several answers to one act give it once, with the cases of each. */
function severalLimits({ acts }: Acts, answers: Answers): AnswerFault[] {
  const norms = Object.values(answers.articles).flatMap((answer) => (Array.isArray(answer) ? answer : []));
  return Object.entries(acts).flatMap(([key, { title }]) => {
    const limits = norms.flatMap(({ does, within }) => (does === key && within ? [within] : []));
    const different = new Set(limits.map((limit) => JSON.stringify(limit)));
    if (different.size < 2) return [];
    return [
      {
        where: key,
        what: `“${title}”答了几种期限：${limits.map(limitInWords).join('；')}`,
        fix: '合成一项，期限写成清单，各种情形各是多长',
        inFile: 'within 写 [{"when": {"deed": …, "facts": {…}}, "hours": 2}, {"days": 5, "of": "working"}]',
      },
    ];
  });
}

const missingDays = (law: LawText, { law: said }: Answers): AnswerFault[] =>
  (['adoptedOn', 'inForceFrom'] as const)
    .filter((day) => (law[day] ?? said[day]) === undefined)
    .map((day): AnswerFault => ({
      where: `law.${day}`,
      what: day === 'adoptedOn' ? '条文没有写哪一天通过' : '条文没有写自哪一天起施行',
      fix: '写上这一天',
      inFile: `在 law 里写 "${day}": "2026-01-01" 这样的一天`,
    }))
    .concat(
      (['adoptedOn', 'approvedOn', 'inForceFrom'] as const)
        .filter((day) => law[day] !== undefined && said[day] !== undefined && law[day] !== said[day])
        .map((day) => ({
          where: `law.${day}`,
          what: `条文写的是 ${law[day] ?? ''}，答的是 ${said[day] ?? ''}`,
          fix: '照条文改，或者去掉',
        })),
    );
