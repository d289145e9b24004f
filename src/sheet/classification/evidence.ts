/**
 * Features of a text: pairs of neighbouring Chinese characters. Needs no dictionary, and only counts of pairs are kept.
 */
const chinese = /\p{Script=Han}+/gu;

/** Distinct pairs. Numbers and letters, and with them most of what identifies a person, are left out. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  for (const [run] of text.matchAll(chinese)) {
    for (let at = 0; at + 2 <= run.length; at += 1) terms.add(run.slice(at, at + 2));
  }
  return terms;
}
