/** Translates key words of messages in other languages into the words of the classification. */
import { z } from 'zod';
import { packageJson } from '../../kernel/package-content.js';
import { meaningOf, type Meaning } from './spoken/meaning.js';

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

export const createMeaning = (list: ForeignWords): Meaning =>
  meaningOf(list.map(({ means, en, fr, ru, de }) => ({ means, words: [...en, ...fr, ...ru, ...de] })));

/** @param content `{ "words": … }`; default: the package's */
export function readForeignWords(content = packageJson('regulation/foreign-words.json')): ForeignWords {
  const { words: list } = content as { words: unknown };
  return foreignWords.parse(list);
}
