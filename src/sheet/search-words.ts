/** Splits a search into words. Chinese has no spaces, so that one typed word is often several. */

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Shorter texts stay whole, because they are one word, or a name that a dictionary would split. */
const longestSingleWord = 3;

const quoted = /["“”「]([^"“”「」]+)["“”」]/g;

/**
 * Words in lower case, each at least two characters if the text allows: 夜间噪音 is searched as 夜间 and
 * 噪音, in any order and position. Text in quotation marks is searched literally.
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

/**
 * Characters that form no dictionary word stay together, in pairs if there are many; a single one
 * is dropped if there are other words.
 */
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
