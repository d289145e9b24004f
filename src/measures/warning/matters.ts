/** Data of a sheet that the follower needs. */
import type { Matter } from './decide.js';

export interface Sheet extends Matter {
  /** Previous count; undefined for a new sheet. */
  readonly before:
    | (Pick<Matter, 'district' | 'area' | 'class'> & { readonly repeated: boolean; readonly spot?: string })
    | undefined;
  /** Other sheets of the same caller, newest first. */
  readonly ofCaller: readonly string[];
  /** The place in normalised words; empty if it names no spot. */
  readonly spot: string;
  /** Other sheets at the spot, of any class. */
  readonly atSpot: readonly string[];
}

/** Sheets are counted in slots of ten minutes; an hour is six slots. */
const slotLength = 600_000;
const slotsOfHour = 6;
const slotsOfWeek = 7 * 24 * slotsOfHour;

export const slotOf = (at: Date): number => Math.floor(at.getTime() / slotLength);

/** Slots of the hour ending with `slot`, n weeks earlier. */
export const hourBefore = (slot: number, weeks: number): readonly number[] =>
  Array.from({ length: slotsOfHour }, (_, back) => slot - back - weeks * slotsOfWeek);

/** Earlier slots are no longer compared. */
export const oldestSlot = (slot: number, weeks: number): number => slot - (weeks + 1) * slotsOfWeek;
