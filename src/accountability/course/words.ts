/** What the law says each deed does to a matter. The law room passes this in, because it lies above this room. */
import { unitNamed, type UnitName } from '../../kernel/unit-name.js';
import type { Deed } from '../events/index.js';

/** A deed together with the facts it must have: one value, or any of several values. */
export interface Act {
  readonly deed: string;
  readonly facts: { readonly [fact: string]: unknown };
}

export interface CourseWords {
  on(deed: string): {
    readonly effect: 'takes-back' | 'registers' | 'begins-round' | 'closes' | 'corrects-limits' | null;
    /** Who holds the matter after the deed; if several rules match, the last one counts. */
    readonly holders: readonly {
      readonly when: Act;
      readonly kind: string;
      /** The fact that names the unit. */
      readonly named: string | null;
    }[];
  };
  /** The deed and the fact that state the matter's kind. */
  readonly kind: { readonly deed: string; readonly fact: string };
}

/** For readers that need only processes and limits: with it no deed changes the holder. */
export const wordless: CourseWords = {
  on: () => ({ effect: null, holders: [] }),
  kind: { deed: '', fact: '' },
};

/** Whether the deed has this name and these facts. */
export const matches = (act: Act, { name, facts = {} }: Deed): boolean =>
  act.deed === name &&
  Object.entries(act.facts).every(([fact, wanted]) =>
    Array.isArray(wanted) ? wanted.includes(facts[fact]) : wanted === facts[fact],
  );

export const unitIn = ({ facts = {} }: Deed, fact: string): UnitName | undefined => unitNamed(facts[fact]);
