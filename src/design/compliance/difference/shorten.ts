/** Shortens texts for a sentence; counts characters and never splits one. */

/** Keeps beginning and end. */
export function shortened(text: string, longest: number): string {
  const letters = [...text];
  if (letters.length <= longest) return text;
  const tail = Math.floor(longest / 3);
  return `${letters.slice(0, longest - tail).join('')}……${letters.slice(-tail).join('')}`;
}

/** Characters of common text kept around a difference. */
const contextLength = 12;

/** Shortens two versions: it cuts the common beginning and end first, so that the difference stays visible. */
export function shortenedPair(
  before: string,
  after: string,
  longest: number,
): readonly [before: string, after: string] {
  const [was, is] = [[...before], [...after]];
  const shorter = Math.min(was.length, is.length);
  if (Math.max(was.length, is.length) <= longest) return [before, after];
  let start = 0;
  while (start < shorter && was[start] === is[start]) start += 1;
  let end = 0;
  while (end < shorter - start && was.at(-1 - end) === is.at(-1 - end)) end += 1;
  const [from, left] = [Math.max(0, start - contextLength), Math.max(0, end - contextLength)];
  const cut = (letters: readonly string[]): string => {
    const part = shortened(letters.slice(from, letters.length - left).join(''), longest);
    return `${from > 0 ? '……' : ''}${part}${left > 0 ? '……' : ''}`;
  };
  return [cut(was), cut(is)];
}
