/** Feeds the same facts to all patterns; what is both rare enough and frequent enough becomes a hypothesis. Pure. */
import type { Exclusion, Place, Read, SheetFacts } from './facts.js';
import { patterns } from './patterns/index.js';
import type { Row, Subject } from './patterns/pattern.js';
import type { PatternKey } from './model/index.js';
import type { RadarRules } from './rules.js';
import { keptUpTo } from './statistics/several.js';

/** Observations about one subject, compared with everybody else. It states facts, not reasons. */
export interface Hypothesis {
  readonly pattern: PatternKey;
  readonly subject: Subject;
  readonly found: number;
  readonly of: number;
  /** Count of everybody else, which gives the base rate. */
  readonly restFound: number;
  readonly restOf: number;
  /** The chance of this is at most one in ten to this power. */
  readonly power: number;
  readonly entries: readonly Place[];
}

export interface Look {
  sheet(facts: SheetFacts): void;
  read(read: Read): void;
  exclusion(exclusion: Exclusion): void;
  hypotheses(): readonly Hypothesis[];
}

export function look(rules: RadarRules): Look {
  const watches = patterns.flatMap((pattern) => {
    const own = rules.patterns[pattern.key];
    return own ? [{ key: pattern.key, own, watch: pattern.watch(own, rules) }] : [];
  });
  return {
    sheet: (facts) => watches.forEach(({ watch }) => watch.sheet?.(facts)),
    read: (one) => watches.forEach(({ watch }) => watch.read?.(one)),
    exclusion: (one) => watches.forEach(({ watch }) => watch.exclusion?.(one)),
    hypotheses: () =>
      watches.flatMap(({ key, own: { leastFound }, watch }) => {
        const { rows, tests } = watch.rows();
        const most = keptUpTo(
          rows.map(({ tail }) => tail),
          rules.rate,
          tests,
        );
        return rows
          .filter(({ tail, found }) => tail <= most && found >= leastFound)
          .map((row) => hypothesisOf(key, row))
          .sort(
            (one, other) => other.power - one.power || one.subject.name.localeCompare(other.subject.name),
          );
      }),
  };
}

const hypothesisOf = (pattern: PatternKey, { tail, ...row }: Row): Hypothesis => ({
  pattern,
  ...row,
  power: Math.max(0, Math.floor(-tail / Math.LN10)),
});
