/** Translates words of other languages into Chinese. Also runs in browsers. */

interface Said {
  /** Meanings in Chinese. */
  readonly means: readonly string[];
  /** A whole word or phrase; with `*` at the end of a word, its beginning. */
  readonly words: readonly string[];
}

/** Chinese words for the text's meaning, separated by spaces; empty if no word is known. */
export type Meaning = (text: string) => string;

export function meaningOf(list: readonly Said[]): Meaning {
  const known = list.map(({ means, words }) => ({ means: means.join(' '), phrases: words.map(phraseOf) }));
  return (text) => {
    const said = wordsIn(text);
    const places = placesIn(said);
    return known
      .filter(({ phrases }) => phrases.some((phrase) => isSaid(phrase, said, places)))
      .map(({ means }) => means)
      .join(' ');
  };
}

/**
 * Tests whether a spoken word matches one word of a phrase. It is no regular expression: V8 takes
 * seconds to compile a thousand with `\p{L}`.
 */
type Part = (word: string) => boolean;

/** Matches whole words, the last one also in the English and French plural. */
function phraseOf(phrase: string): readonly Part[] {
  const parts = phrase.split(' ').flatMap((part) => {
    const words = wordsIn(part);
    return words.map((word, at) => ({ word, open: at === words.length - 1 && part.endsWith('*') }));
  });
  return parts.map(({ word, open }, at) => {
    if (open) return (said) => said.startsWith(word);
    if (at < parts.length - 1) return (said) => said === word;
    return (said) => said === word || said === `${word}s` || said === `${word}es`;
  });
}

function isSaid([first, ...further]: readonly Part[], said: readonly string[], places: Places): boolean {
  const follows = (at: number) => further.every((part, next) => part(said[at + 1 + next] ?? ''));
  return [...places].some(([word, at]) => first?.(word) && at.some(follows));
}

/** Positions of each word in the text; a long text has few different words. */
type Places = ReadonlyMap<string, readonly number[]>;

function placesIn(said: readonly string[]): Places {
  const places = new Map<string, number[]>();
  for (const [at, word] of said.entries()) {
    const known = places.get(word);
    if (known) known.push(at);
    else places.set(word, [at]);
  }
  return places;
}

const wordsIn = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}+/gu) ?? [];
