/**
 * Compares a run with the stored hypotheses. A hypothesis stays the same one night after night,
 * grows, and is reopened only by new entries.
 */
import type { Place } from './facts.js';
import type { Hypothesis } from './look.js';
import { rulesOfPattern, type RadarRules } from './rules.js';
import { placeKey, type Known } from './store/radar-store.js';

export interface Change {
  readonly type: 'radar.raised' | 'radar.grown' | 'radar.reopened';
  /** Undefined for a new one. */
  readonly id: number | undefined;
  readonly hypothesis: Hypothesis;
  /** Entries that were not part of it before. */
  readonly fresh: readonly Place[];
}

export function changesOf(
  rules: RadarRules,
  known: readonly Known[],
  seen: readonly Hypothesis[],
): readonly Change[] {
  const byName = new Map(known.map((one) => [nameOf(one.pattern, one.kind, one.subject), one]));
  return seen.flatMap((hypothesis): Change[] => {
    const { pattern, subject, entries } = hypothesis;
    const before = byName.get(nameOf(pattern, subject.kind, subject.name));
    if (!before) return [{ type: 'radar.raised', id: undefined, hypothesis, fresh: entries }];
    const places = new Set(before.places);
    const fresh = entries.filter((place) => !places.has(placeKey(place)));
    if (fresh.length === 0) return [];
    if (before.open) return [{ type: 'radar.grown', id: before.id, hypothesis, fresh }];
    // It was decided: entries known then do not count again, and too few new ones are no pattern.
    if (fresh.length < rulesOfPattern(rules, pattern).leastFound) return [];
    return [{ type: 'radar.reopened', id: before.id, hypothesis, fresh }];
  });
}

const nameOf = (...parts: readonly string[]): string => parts.join('\n');
