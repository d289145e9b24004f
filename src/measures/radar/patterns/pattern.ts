/** A pattern is fed facts and reports at the end for whom it saw something, out of how many. */
import { shareTail, type Share } from '../statistics/tails.js';
import type { Exclusion, Place, Read, SheetFacts } from '../facts.js';
import type { PatternKey, SubjectKind } from '../model/index.js';
import type { PatternRules, RadarRules } from '../rules.js';

export interface Subject {
  readonly kind: SubjectKind;
  /** Units of a group are joined by 、 in alphabetical order. */
  readonly name: string;
}

/** A subject's share, how rare it is (natural logarithm of the chance), and the entries behind it. */
export interface Row extends Share {
  readonly subject: Subject;
  readonly tail: number;
  readonly entries: readonly Place[];
}

interface Fed {
  sheet?(facts: SheetFacts): void;
  read?(read: Read): void;
  exclusion?(exclusion: Exclusion): void;
}

interface Watch extends Fed {
  /** Call after all facts. */
  rows(): {
    readonly rows: readonly Row[];
    /** Number of subjects tested, if there are more than rows. */
    readonly tests?: number;
  };
}

export interface Pattern {
  readonly key: PatternKey;
  watch(own: PatternRules, rules: RadarRules): Watch;
}

interface Count {
  found: number;
  of: number;
  readonly entries: Place[];
}

/** Counts per subject; everybody else is all other subjects of the same kind. */
interface Tally {
  /** Counts one opportunity; a nameless subject is not counted. */
  of(kind: SubjectKind, name: string): void;
  /** Counts one occurrence. */
  found(kind: SubjectKind, name: string, place: Place): void;
  rows(): readonly Row[];
}

function createTally({ allowed, leastOf }: PatternRules, { mostEntries }: RadarRules): Tally {
  const kinds = new Map<SubjectKind, Map<string, Count>>();
  const countOf = (kind: SubjectKind, name: string): Count | undefined => {
    if (name === '') return undefined;
    const counts = kinds.get(kind) ?? new Map<string, Count>();
    kinds.set(kind, counts);
    const count = counts.get(name) ?? { found: 0, of: 0, entries: [] };
    counts.set(name, count);
    return count;
  };
  const rowsOf = ([kind, counts]: [SubjectKind, Map<string, Count>]): readonly Row[] => {
    const all = [...counts.values()].reduce(
      (sum, { found, of }) => ({ found: sum.found + found, of: sum.of + of }),
      { found: 0, of: 0 },
    );
    return [...counts].flatMap(([name, { found, of, entries }]) => {
      if (of < leastOf) return [];
      const share = { found, of, restFound: all.found - found, restOf: all.of - of };
      return [{ ...share, subject: { kind, name }, tail: shareTail(share, allowed), entries }];
    });
  };
  return {
    of: (kind, name) => {
      const count = countOf(kind, name);
      if (count) count.of += 1;
    },
    found: (kind, name, place) => {
      const count = countOf(kind, name);
      if (!count) return;
      count.found += 1;
      if (count.entries.length < mostEntries) count.entries.push(place);
    },
    rows: () => [...kinds].flatMap(rowsOf),
  };
}

/** A pattern that counts per subject. `ended`: counts what only all facts together show. */
export const tallying = (
  key: PatternKey,
  counting: (tally: Tally, own: PatternRules, rules: RadarRules) => Fed & { readonly ended?: () => void },
): Pattern => ({
  key,
  watch: (own, rules) => {
    const tally = createTally(own, rules);
    const { ended, ...fed } = counting(tally, own, rules);
    return {
      ...fed,
      rows: () => {
        ended?.();
        return { rows: tally.rows() };
      },
    };
  },
});

/** Milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
