/** Which sheets speak of an emergency: by words of the title, or by the code of the kind. Data, decided as a policy. */

export interface Emergency {
  readonly name: string;
  /** Any of these in the title. */
  readonly words: readonly string[];
  /** The kind, or one above it, by code. */
  readonly codes: readonly string[];
}

/** @param text as the policy writes it: `供水=停水、爆管、#0203;燃气=漏气`; a code begins with `#` */
export const emergenciesOf = (text: string): readonly Emergency[] =>
  text.split(';').map((one) => {
    const [name = '', terms = ''] = one.split('=');
    const all = terms.split('、');
    return {
      name,
      words: all.filter((term) => !term.startsWith('#')),
      codes: all.filter((term) => term.startsWith('#')).map((term) => term.slice(1)),
    };
  });

/** @returns names, in the order of the policy */
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
