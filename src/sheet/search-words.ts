/** Words of a search. Chinese is written without spaces: what somebody types as one word is often several. */

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Shorter ones are a word, or a name that a dictionary would tear apart. */
const longestSingleWord = 3;

const quoted = /["“”「]([^"“”「」]+)["“”」]/g;

/**
 * In lower case, each at least two characters as far as the text allows: 夜间噪音 is looked for as 夜间 and 噪音, in any
 * order and wherever they stand. What stands in quotation marks is looked for as it stands.
 */
export function searchWords(given: string): readonly string[] {
  const text = given.toLowerCase();
  const exact = [...text.matchAll(quoted)].map(([, inner = '']) => inner.trim());
  const rest = text
    .replaceAll(quoted, ' ')
    .split(/\s+/)
    .flatMap((word) => (isLongChinese(word) ? wordsIn(word) : [word]));
  const words = [...new Set([...exact, ...rest])].filter((word) => [...word].length > 1);
  return words.length === 0 ? [text.trim()] : words;
}

const isLongChinese = (word: string): boolean =>
  [...word].length > longestSingleWord && /^\p{Script=Han}+$/u.test(word);

/** Characters that are no word of the dictionary stay together, in pairs if many; one alone is left out beside words. */
function wordsIn(run: string): readonly string[] {
  const words: string[] = [];
  let loose = '';
  const endLoose = (): void => {
    const letters = [...loose];
    const width = letters.length > longestSingleWord ? 2 : longestSingleWord;
    for (let at = 0; at < letters.length; at += width) words.push(letters.slice(at, at + width).join(''));
    loose = '';
  };
  for (const { segment } of segmenter.segment(run)) {
    if ([...segment].length === 1) loose += segment;
    else {
      endLoose();
      words.push(segment);
    }
  }
  endLoose();
  return words;
}
