/** How much of a title's pairs of characters is in a text: 0 to 1. */
export function alike(text: string, title: string): number {
  const pairs = pairsOf(title);
  if (pairs.length === 0) return 0;
  const known = new Set(pairsOf(text));
  return pairs.filter((pair) => known.has(pair)).length / pairs.length;
}

function pairsOf(text: string): readonly string[] {
  const characters = [...text.replaceAll(/[\s\p{P}]/gu, '')];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
