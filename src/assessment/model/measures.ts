/** The measures in words, as the package defines them. Runs in browsers. */
import { law, measureKeys, type MeasureKey } from '../../kernel/law.js';

export { measureKeys, type MeasureKey };

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

export const measures = (): readonly Measure[] =>
  measureKeys.map((key) => {
    const { label, provision, of, met, instant } = law().measures[key];
    return { key, label, article: provision, of, met, instant };
  });

/** `met` of `of`. */
export interface Count {
  readonly met: number;
  readonly of: number;
}
