/**
 * What a text says about its kind: pairs of neighbouring Chinese characters. No dictionary is needed, so none is ever
 * out of date, and of a sheet nothing is kept but counts of such pairs.
 */
const chinese = /\p{Script=Han}+/gu;

/** The different pairs of a text, each once. Numbers, letters and with them most of what names a person are left out. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  for (const [run] of text.matchAll(chinese)) {
    for (let at = 0; at + 2 <= run.length; at += 1) terms.add(run.slice(at, at + 2));
  }
  return terms;
}
