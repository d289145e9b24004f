/** Recognises emergencies by words in the title or by class; defined by a policy. */

export interface Emergency {
  readonly name: string;
  readonly words: readonly string[];
  /** The class or a parent. */
  readonly codes: readonly string[];
}

/** @param text in the policy's notation: `供水=停水、爆管、#0203;燃气=漏气`; `#` marks a code */
export const emergenciesOf = (text: string): readonly Emergency[] =>
  text.split(/[;\uff1b]/).map((one) => {
    const [name = '', terms = ''] = one.split('=');
    const all = terms.split('、');
    return {
      name,
      words: all.filter((term) => !term.startsWith('#')),
      codes: all.filter((term) => term.startsWith('#')).map((term) => term.slice(1)),
    };
  });

/** @returns names in the policy's order */
export const emergenciesIn = (
  title: string,
  path: readonly string[],
  emergencies: readonly Emergency[],
): readonly string[] =>
  emergencies
    .filter(
      ({ words, codes }) =>
        words.some((word) => title.includes(word)) || codes.some((code) => path.includes(code)),
    )
    .map(({ name }) => name);
