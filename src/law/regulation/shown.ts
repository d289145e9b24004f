/**
 * What the caller may see of an entry: the facts and texts of its deeds that the vocabulary lists,
 * unless the law forbids.
 */
import { dataOf, deedsIn, textIn, type ReadableEntry } from '../../accountability/events/index.js';
import type { Catalogue, Vocabulary } from './model/index.js';

export interface Shown {
  readonly title: string;
  /** Null if it is withheld. */
  readonly text: string | null;
  readonly withheld: Withheld | null;
}

interface Withheld {
  readonly ground: string;
  /** The recorded act that forbids showing it. */
  readonly basis: string;
}

/**
 * Facts are always shown: a date or a way of replying is no secret.
 *
 * @param sealed the entry's free texts by field, unless erased
 */
export function shownIn(
  { vocabulary }: Catalogue,
  entry: ReadableEntry,
  sealed: { readonly [field: string]: string } = {},
): readonly Shown[] {
  const withheld = withheldIn(vocabulary, entry);
  return deedsIn(entry).flatMap(({ name, facts = {} }) => {
    const shown = vocabulary.deeds.find((deed) => deed.name === name)?.shown ?? [];
    return shown.flatMap((one): Shown[] => {
      const { title } = one;
      if ('says' in one) return [{ title, text: one.says, withheld: null }];
      const said =
        'fact' in one ? textIn(facts, one.fact) : (sealed[one.text] ?? textIn(dataOf(entry), one.text));
      if (said === undefined) return [];
      if ('fact' in one) return [{ title, text: one.values[said] ?? said, withheld: null }];
      return [{ title, text: withheld ? null : said, withheld }];
    });
  });
}

/** Texts are withheld only on a legal ground, with the act behind it. */
function withheldIn({ withholding }: Vocabulary, entry: ReadableEntry): Withheld | null {
  if (!withholding) return null;
  const ground = withholding.grounds[textIn(dataOf(entry), withholding.ground) ?? ''];
  const basis = textIn(dataOf(entry), withholding.basis);
  return ground === undefined || basis === undefined ? null : { ground, basis };
}
