/** The measures in words, as the package defines them. Runs in browsers. */
import type { Law, MeasureKey } from '../../../kernel/law.js';

export type { MeasureKey };

/** Keys in the package's order. */
export const measureKeys = (law: Law): readonly MeasureKey[] => Object.keys(law.measures);

export interface Measure {
  readonly key: MeasureKey;
  readonly label: string;
  /** The provision that it measures. */
  readonly article: string;
  /** The denominator in words. */
  readonly of: string;
  /** The numerator in words. */
  readonly met: string;
  /** The instant that assigns it to a month. */
  readonly instant: string;
}

export const measures = (law: Law): readonly Measure[] =>
  Object.entries(law.measures).map(([key, { label, provision, of, met, instant }]) => ({
    key,
    label,
    article: provision,
    of,
    met,
    instant,
  }));

/** A count: `met` out of `of`. */
export interface Count {
  readonly met: number;
  readonly of: number;
}
