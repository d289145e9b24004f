/** What the law says a deed does to a matter. The law hands it over: its room lies above this one. */
import { unitNamed, type UnitName } from '../../kernel/unit-name.js';
import type { Deed } from '../events/index.js';

/** A deed, with the facts that it must have: one value, or any of several. */
export interface Act {
  readonly deed: string;
  readonly facts: { readonly [fact: string]: unknown };
}

export interface CourseWords {
  on(deed: string): {
    readonly effect: 'takes-back' | 'registers' | 'begins-round' | 'closes' | 'corrects-limits' | null;
    /** Who holds the matter from the deed on; of several the last one counts. */
    readonly holders: readonly {
      readonly when: Act;
      readonly kind: string;
      /** The fact that names the unit. */
      readonly named: string | null;
    }[];
  };
  /** Which fact says of what kind the matter is. */
  readonly kind: { readonly deed: string; readonly fact: string };
}

/** Of whoever asks for processes and limits only: no deed moves anything. */
export const wordless: CourseWords = {
  on: () => ({ effect: null, holders: [] }),
  kind: { deed: '', fact: '' },
};

/** Whether it is this deed with these facts. */
export const matches = (act: Act, { name, facts = {} }: Deed): boolean =>
  act.deed === name &&
  Object.entries(act.facts).every(([fact, wanted]) =>
    Array.isArray(wanted) ? wanted.includes(facts[fact]) : wanted === facts[fact],
  );

export const unitIn = ({ facts = {} }: Deed, fact: string): UnitName | undefined => unitNamed(facts[fact]);
