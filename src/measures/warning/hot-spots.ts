/** Hot spots: districts and classes with unusually many sheets in the last seven days. */
import { judgeRise } from './rise.js';
import type { WeekCount } from './store/spread-store.js';

export interface HotSpot extends WeekCount {
  readonly count: number;
  /** In hundredths. */
  readonly expected: number;
}

/** Greatest rise first; unclassified sheets are left out. @param counted number of completely counted past weeks */
export const hotSpots = (
  counts: readonly WeekCount[],
  rule: { readonly least: number; readonly rarity: number },
  counted: number,
): HotSpot[] =>
  counts
    .filter((cell) => cell.class !== '')
    .flatMap((cell) => {
      const [count = 0, ...past] = cell.weeks;
      const { expected, isUnusual } = judgeRise(count, past.slice(0, counted), rule);
      return isUnusual ? [{ ...cell, count, expected }] : [];
    })
    .sort((one, other) => other.count - other.expected / 100 - (one.count - one.expected / 100));
