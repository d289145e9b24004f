/** The result of merging two people's changes of a diagram or a decision table. */

export type Choice = 'mine' | 'theirs';

/** The common base, and each person's version. */
export type Sides = { readonly [side in 'base' | Choice]: string };

/** Choices by the key of the conflict. */
export interface Choices {
  readonly [element: string]: Choice;
}

/** A place that both changed differently, so that somebody must choose. */
export interface Conflict {
  readonly element: string;
  readonly name: string;
  /** Each person's change, in sentences. */
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

export interface Merged {
  readonly xml: string;
  readonly conflicts: readonly Conflict[];
  /** In sentences: what a person should check in the result. */
  readonly notes: readonly string[];
}
