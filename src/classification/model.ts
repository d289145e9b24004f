/** Suggests a kind from the words of past sheets of that kind. Measured in bench/README.md. */
import { termsOf } from './evidence.js';

/** What is known of one kind: how many sheets, and in how many of them each pair of characters stood. */
export interface Profile {
  readonly code: string;
  readonly sheets: number;
  readonly terms: ReadonlyMap<string, number>;
}

export interface Suggestion {
  readonly code: string;
  /** Log-odds; comparable within one answer only. */
  readonly score: number;
  /** The pairs that spoke for it most. */
  readonly because: readonly string[];
}

export interface Model {
  /** Best first. `title` weighs more than `text`; either may be empty. */
  suggest(title: string, text: string, most: number): readonly Suggestion[];
}

/** What stands in the title says five times as much (measured: 1 → 77 %, 3 → 80 %, 5 → 82 %, 8 → 82 % right at once). */
const titleWeight = 5;
const smoothing = 0.5;
const reasons = 4;
const mostTelling = 1000;

/**
 * The sum, over the pairs of the draft that sheets of the kind have had, of the log-odds that a pair stands in a sheet
 * of this kind rather than another; what speaks against a kind is left out. So only pairs seen are kept and looked at,
 * and each can be named as a reason.
 */
export function createModel(profiles: readonly Profile[]): Model {
  const building = buildModel(profiles);
  for (;;) {
    const step = building.next();
    if (step.done) return step.value;
  }
}

/** The same kind by kind, so that whoever builds a large one beside the daily work can let others have a turn. */
export function* buildModel(profiles: readonly Profile[]): Generator<undefined, Model> {
  const all = profiles.reduce((sum, { sheets }) => sum + sheets, 0);
  const frequency = new Map<string, number>();
  for (const { terms } of profiles) {
    for (const [term, count] of terms) frequency.set(term, (frequency.get(term) ?? 0) + count);
    yield;
  }
  // Flat, [profile, weight, profile, weight, …]: a thousand kinds make a million of them.
  const postings = new Map<string, number[]>();
  for (const [profile, { sheets, terms }] of profiles.entries()) {
    const telling: { readonly term: string; readonly weight: number; readonly worth: number }[] = [];
    for (const [term, count] of terms) {
      const everywhere = frequency.get(term) ?? 0;
      // What was written once in all is chance: leaving it out is a point better, and half as large.
      if (everywhere < 2) continue;
      const here = (count + smoothing) / (sheets + 2 * smoothing);
      const elsewhere = (everywhere - count + smoothing) / (all - sheets + 2 * smoothing);
      const weight = Math.log(here / elsewhere);
      if (weight > 0) telling.push({ term, weight, worth: weight * count });
    }
    if (telling.length > mostTelling) telling.sort((a, b) => b.worth - a.worth).length = mostTelling;
    for (const { term, weight } of telling) {
      const posting = postings.get(term);
      if (posting) posting.push(profile, weight);
      else postings.set(term, [profile, weight]);
    }
    yield;
  }
  return {
    suggest: (title, text, most) => {
      const inTitle = termsOf(title);
      const scores = new Float64Array(profiles.length);
      const weigh = (term: string, each: (profile: number, weight: number) => void): void => {
        const posting = postings.get(term) ?? [];
        const times = inTitle.has(term) ? titleWeight : 1;
        for (let at = 0; at < posting.length; at += 2) each(posting[at] ?? 0, times * (posting[at + 1] ?? 0));
      };
      const terms = new Set([...inTitle, ...termsOf(text)]);
      for (const term of terms) {
        weigh(term, (profile, weight) => (scores[profile] = (scores[profile] ?? 0) + weight));
      }
      const because = (best: number): string[] => {
        const speaking: { readonly term: string; readonly weight: number }[] = [];
        for (const term of terms) {
          weigh(term, (profile, weight) => profile === best && speaking.push({ term, weight }));
        }
        return speaking
          .sort((a, b) => b.weight - a.weight)
          .slice(0, reasons)
          .map(({ term }) => term);
      };
      return [...scores.keys()]
        .filter((profile) => (scores[profile] ?? 0) > 0)
        .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
        .slice(0, most)
        .map((profile) => ({
          code: profiles[profile]?.code ?? '',
          score: scores[profile] ?? 0,
          because: because(profile),
        }));
    },
  };
}
