/** What the law says each deed does to a matter. The law room passes this in, because it lies above this room. */
import type { Act } from '../../kernel/act.js';
import { unitNamed, type UnitName } from '../../kernel/unit-name.js';
import type { Deed } from '../events/index.js';

export { matches } from '../../kernel/act.js';

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

export const unitIn = ({ facts = {} }: Deed, fact: string): UnitName | undefined => unitNamed(facts[fact]);
