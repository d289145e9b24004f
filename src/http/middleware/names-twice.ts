/**
 * Finds JSON in which an object names a member twice. JSON.parse takes the last, other parsers the
 * first, so that a proxy would check another value than we use.
 *
 * @param text well-formed: a string before a colon is a member's name
 * @param value the parsed text, nested no deeper than `assertStorable` allows
 */
export const hasNamesTwice = (text: string, value: unknown): boolean => namesWritten(text) !== namesIn(value);

function namesWritten(text: string): number {
  let names = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    at = endOfString(text, at);
    beforeColon.lastIndex = at + 1;
    if (beforeColon.test(text)) names++;
  }
  return names;
}

const beforeColon = /\s*:/y;

/** The next quotation mark behind an even number of backslashes. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (text[before - 1] === '\\') before--;
    if ((at - before) % 2 === 0) return at;
  }
}

function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner: readonly unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : inner.length;
  return inner.reduce<number>((sum, one) => sum + namesIn(one), own);
}
