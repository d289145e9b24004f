/** What comes of putting two people's changes together, of a diagram or of a decision table. */

export type Choice = 'mine' | 'theirs';

/** What both began with, and what each has made of it. */
export type Sides = { readonly [side in 'base' | Choice]: string };

/** By what a conflict is of. */
export interface Choices {
  readonly [element: string]: Choice;
}

/** Where both have changed the same differently: somebody has to choose. */
export interface Conflict {
  readonly element: string;
  readonly name: string;
  /** What each has made of it, in sentences. */
  readonly mine: readonly string[];
  readonly theirs: readonly string[];
}

export interface Merged {
  readonly xml: string;
  readonly conflicts: readonly Conflict[];
  /** What a person should look at in the result, in sentences. */
  readonly notes: readonly string[];
}
