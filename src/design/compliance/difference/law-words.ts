/** Titles of the regulation's deeds and limits, which a diagram names by key. Plain data: it also goes to workers. */
export interface LawWords {
  readonly deeds: readonly {
    readonly name: string;
    readonly title: string;
    readonly facts: { readonly [name: string]: string };
  }[];
  readonly clocks: readonly { readonly key: string; readonly title: string }[];
}

/** Keys are shown as they are. */
export const noWords: LawWords = { deeds: [], clocks: [] };

export const deedTitle = ({ deeds }: LawWords, name: string): string =>
  deeds.find((deed) => deed.name === name)?.title ?? name;

export const clockTitle = ({ clocks }: LawWords, key: string): string =>
  clocks.find((clock) => clock.key === key)?.title ?? key;

/** Includes the key, because the catalogue's title of a fact may be only a list of its values. */
export function factTitle({ deeds }: LawWords, deed: string, fact: string): string {
  const title = deeds.find(({ name }) => name === deed)?.facts[fact];
  return title === undefined ? fact : `${fact} ${title}`;
}
