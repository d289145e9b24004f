/** The measures in words, as the package defines them. Runs in browsers. */
import type { Law, MeasureKey } from '../../../kernel/law.js';

export type { MeasureKey };

/** In the order of the package. */
export const measureKeys = (law: Law): readonly MeasureKey[] => Object.keys(law.measures);

export interface Measure {
  readonly key: MeasureKey;
  readonly label: string;
  /** The provision that it measures. */
  readonly article: string;
  /** The denominator. */
  readonly of: string;
  /** The numerator. */
  readonly met: string;
  /** Which instant decides the month. */
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

/** `met` of `of`. */
export interface Count {
  readonly met: number;
  readonly of: number;
}
