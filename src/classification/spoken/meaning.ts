/** What words in other languages mean, in Chinese. Runs in browsers, too. */

interface Said {
  /** In Chinese. */
  readonly means: readonly string[];
  /** A whole word or phrase; with `*` at the end of a word, its beginning. */
  readonly words: readonly string[];
}

/** Chinese words for what the text says, apart by spaces; empty if it says nothing known. */
export type Meaning = (text: string) => string;

export function meaningOf(list: readonly Said[]): Meaning {
  const known = list.map(({ means, words }) => ({
    means: means.join(' '),
    said: new RegExp(words.map(patternOf).join('|'), 'iu'),
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
