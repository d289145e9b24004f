/**
 * Pinyin initials, as people type them for long names: 市水务局 → sswj. The browser sorts Chinese by pinyin, so that the
 * first character of each letter tells where a character belongs; a dictionary would cost hundreds of kilobytes.
 */
const letters = 'abcdefghjklmnopqrstwxyz';
const firsts = [...'阿八嚓哒妸发旮哈讥咔垃妈拿噢妑七然撒塌挖昔压匝'];
const byPinyin = new Intl.Collator('zh-CN-u-co-pinyin');
const known = new Map<string, string>();

export function initialsOf(text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const found = [...text].map(initialOf).join('');
  known.set(text, found);
  return found;
}

function initialOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
  const at = firsts.findLastIndex((first) => byPinyin.compare(first, character) <= 0);
  return letters.charAt(Math.max(0, at));
}
