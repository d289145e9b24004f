/** What the follower takes in of a sheet. */
import type { Matter } from './decide.js';

export interface Sheet extends Matter {
  /** Counted as this before; undefined for one that is new. */
  readonly before: (Pick<Matter, 'district' | 'area' | 'class'> & { readonly repeated: boolean }) | undefined;
  /** Other sheets of the same caller, the newest first. */
  readonly ofCaller: readonly string[];
}

/** Ten minutes, by whose number sheets are counted; an hour is six of them, the present one included. */
const slotLength = 600_000;
const slotsOfHour = 6;
const slotsOfWeek = 7 * 24 * slotsOfHour;

export const slotOf = (at: Date): number => Math.floor(at.getTime() / slotLength);

/** The slots of the hour that ends with `slot`, so many weeks before it. */
export const hourBefore = (slot: number, weeks: number): readonly number[] =>
  Array.from({ length: slotsOfHour }, (_, back) => slot - back - weeks * slotsOfWeek);

/** Slots before this one are compared with nothing any more. */
export const oldestSlot = (slot: number, weeks: number): number => slot - (weeks + 1) * slotsOfWeek;
