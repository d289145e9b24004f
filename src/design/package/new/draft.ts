/** The answers that a law's own words suggest, as a file to be corrected, and its questions to be read beside it. */
import { Refusal } from '../../../kernel/index.js';
import { reasonOf } from '../../../kernel/reason-of.js';
import type { Json } from '../../../kernel/package-merge.js';
import type { LawText } from '../../../law/regulation/index.js';
import { provisionLabel } from '../../../law/regulation/index.js';
import type { Acts } from './acts.js';
import { answersSchema, type Answers } from '../answers/index.js';
import { inquire } from './inquiry.js';
import { printJson } from './print.js';

/** Nothing but what the law's own words suggest. */
export function suggestedAnswers(law: LawText, acts: Acts): Answers {
  const empty: Answers = {
    format: 1,
    // Left empty, so that nobody's city comes up under a placeholder.
    city: { key: '', names: [], letter: '' },
    law: {},
    titles: {},
    parties: { ...acts.parties },
    articles: {},
  };
  const { articles } = inquire(law, acts, empty);
  return {
    ...empty,
    articles: Object.fromEntries(articles.map(({ id, suggested }) => [id, suggested && [...suggested]])),
  };
}

export function draftAnswers(law: LawText, acts: Acts): { readonly file: string; readonly words: string } {
  const answers = suggestedAnswers(law, acts);
  const { articles } = inquire(law, acts, answers);
  const words = articles.map(({ label, sentences }) =>
    [label, ...sentences.map(({ provision, words: one }) => `  ${provision} ${one}`)].join('\n'),
  );
  return {
    file: printJson(answers as unknown as Json),
    words: [
      ...words,
      '',
      '可以答的事（does）：',
      ...Object.entries(acts.acts).map(([key, { title }]) => `  ${key} ${title}`),
    ].join('\n'),
  };
}

/** @throws {Refusal} `package.answers-invalid`: what is wrong, where */
export function readAnswers(text: string, where: string): Answers {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Refusal('package.answers-invalid', `${where} 不是合格的 JSON：${reasonOf(cause)}`, {
      remedy: '检查引号、逗号和括号',
      cause,
    });
  }
  const { data, error } = answersSchema.safeParse(content);
  if (data) return data;
  const faults = error.issues.map(({ path, message }) => `${placeOf(path)}：${message}`);
  throw new Refusal('package.answers-invalid', `${where}：\n${faults.join('\n')}`, {
    remedy: '照所说的改正；各项怎样写见 docs/package.md',
    cause: error,
  });
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `第 ${step + 1} 项` : provisionLabel(String(step))))
    .join(' ') || '整个文件';
