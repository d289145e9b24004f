/** Measures stretches in whole minutes, of all days and of working days, so that the parts add up to the whole. */
import type { WorkingCalendar } from '../../calendar/index.js';
import { timeOnWorkingDays } from '../../calendar/index.js';
import type { Stretch } from './stretches.js';

interface Minutes {
  readonly minutes: number;
  /** Minutes of these that fall on working days; working days are whole days in Asia/Shanghai. */
  readonly workingMinutes: number;
}

export type MeasuredStretch = Stretch & Minutes;

export interface TimeTaken extends Minutes {
  readonly from: Date;
  readonly to: Date;
  readonly stretches: readonly MeasuredStretch[];
}

/** Each boundary is rounded down to its minute once, so that the next stretch gains what this one loses. */
export function measured(calendar: WorkingCalendar, stretches: readonly Stretch[], from: Date): TimeTaken {
  const at = clockFrom(calendar, from);
  const to = stretches.at(-1)?.to ?? from;
  return {
    ...{ from, to },
    ...at(to),
    stretches: stretches.map((one) => ({ ...one, ...difference(at(one.to), at(one.from)) })),
  };
}

/** Returns a function for the minutes from this instant to another. */
export const clockFrom =
  (calendar: WorkingCalendar, from: Date) =>
  (to: Date): Minutes => {
    const [begun, ended] = [minuteOf(from), minuteOf(to)];
    return {
      minutes: (ended.getTime() - begun.getTime()) / 60_000,
      workingMinutes: timeOnWorkingDays(calendar, begun, ended) / 60_000,
    };
  };

const minuteOf = (instant: Date): Date => new Date(instant.getTime() - (instant.getTime() % 60_000));

const difference = (one: Minutes, other: Minutes): Minutes => ({
  minutes: one.minutes - other.minutes,
  workingMinutes: one.workingMinutes - other.workingMinutes,
});

/** A holder's share of the time, as callers see it: grouped by articles, regardless of the step. */
interface Share extends Minutes {
  readonly hands: Stretch['hands'];
  readonly unit: string | null;
  /** Ids of articles. */
  readonly articles: readonly string[];
  readonly pace: Stretch['pace'];
}

/** In the order of first occurrence; shares of less than a minute are left out. */
export function sharesOf(stretches: readonly MeasuredStretch[]): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { hands, unit, provisions, pace, minutes, workingMinutes } of stretches) {
    const articles = [...new Set(provisions.map((id) => id.split('.')[0] ?? id))];
    const key = JSON.stringify([hands, unit, articles, pace]);
    const before = shares.get(key) ?? { hands, unit, articles, pace, minutes: 0, workingMinutes: 0 };
    shares.set(key, {
      ...before,
      minutes: before.minutes + minutes,
      workingMinutes: before.workingMinutes + workingMinutes,
    });
  }
  return [...shares.values()].filter(({ minutes }) => minutes > 0);
}
