/** What a message in another language is about, in the words of the classification. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../kernel/package-root.js';

/** A whole word or phrase; with `*` at the end of a word, its beginning. */
const word = z.string().regex(/^[\p{L}' -]+\*?( [\p{L}' -]+\*?)*$/u);
const words = z.array(word).min(1).max(30);
const foreignWords = z.array(
  z.strictObject({
    means: z.array(z.string().regex(/^\p{Script=Han}{2,}$/u)).min(1),
    en: words,
    fr: words,
    ru: words,
    de: words,
  }),
);
export type ForeignWords = z.output<typeof foreignWords>;

/** Chinese words for what the text says, apart by spaces; empty if it says nothing known. */
export type Meaning = (text: string) => string;

export function createMeaning(list: ForeignWords): Meaning {
  const known = list.map(({ means, en, fr, ru, de }) => ({
    means: means.join(' '),
    said: new RegExp([...en, ...fr, ...ru, ...de].map(patternOf).join('|'), 'iu'),
  }));
  return (text) =>
    known
      .filter(({ said }) => said.test(text))
      .map(({ means }) => means)
      .join(' ');
}

/** Whole words, also in the plural of English and French. */
function patternOf(phrase: string): string {
  const parts = phrase.split(' ').map((part) => (part.endsWith('*') ? `${part.slice(0, -1)}\\p{L}*` : part));
  return `(?<!\\p{L})${parts.join('\\s+')}${phrase.endsWith('*') ? '' : '(?:e?s)?'}(?!\\p{L})`;
}

/** @param file of the package, `{ "words": … }` */
export function readForeignWords(file = join(packageRoot, 'regulation', 'foreign-words.json')): ForeignWords {
  const { words: list } = JSON.parse(readFileSync(file, 'utf8')) as { words: unknown };
  return foreignWords.parse(list);
}
