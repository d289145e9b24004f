/**
 * The working calendar from 2000 to 2099. It is computed from its sources once, with prefix sums,
 * so that finding the n-th working day after a day is one look-up.
 */
import { Refusal } from '../kernel/refusal.js';
import type { BusinessHours } from './business-hours.js';
import {
  civilDateOfDay,
  dayNumberOf,
  weekdayOf,
  type CivilDate,
  type DayNumber,
} from '../kernel/civil-date.js';
import { describeDay, type CalendarDay, type CountedDay } from './day.js';
import { sourceKinds, type CalendarSource } from './source.js';

export interface WorkingCalendar {
  readonly first: CivilDate;
  readonly last: CivilDate;
  readonly sources: readonly CalendarSource[];
  /** Identifies this version of the calendar: twelve hexadecimal digits that change when any day changes. */
  readonly edition: string;
  /** Undefined: days end at 24:00, hours run day and night. */
  readonly businessHours: BusinessHours | undefined;
  day(date: CivilDate): CalendarDay;
  isWorkingDay(date: CivilDate): boolean;
  /**
   * The n-th working day after `date`, which is not counted; before it for negative n. For 0: the day itself, or the
   * next working day (as the Civil Code counts days).
   */
  addWorkingDays(date: CivilDate, n: number): CivilDate;
  /** Working days in (after, upTo]; negative if `upTo` comes first. */
  workingDaysBetween(after: CivilDate, upTo: CivilDate): number;
  /** The same operations on day numbers, for bulk arithmetic. All of them refuse days outside the calendar. */
  readonly numbers: CalendarNumbers;
}

interface CalendarNumbers {
  isWorkingDay(day: DayNumber): boolean;
  addWorkingDays(day: DayNumber, n: number): DayNumber;
  workingDaysBetween(after: DayNumber, upTo: DayNumber): number;
  /** The working day at or before `day`. */
  atOrBefore(day: DayNumber): DayNumber;
  /** Both ends included. */
  anyProvisional(first: DayNumber, last: DayNumber): boolean;
  /** The day as a line of a deadline's explanation; cached. */
  counted(day: DayNumber): CountedDay;
}

const firstDate = '2000-01-01' as CivilDate;
const lastDate = '2099-12-31' as CivilDate;
const firstDay = dayNumberOf(firstDate);
const size = dayNumberOf(lastDate) - firstDay + 1;

/**
 * @param sources in order of issue within a kind: a later one amends an earlier one
 * @param editionOf computes the edition from the days
 */
export function workingCalendarOf(
  sources: readonly CalendarSource[],
  editionOf: (...days: readonly Uint8Array[]) => string,
): WorkingCalendar {
  const working = decideDays(sources);
  const provisional = findProvisional(sources);
  const numbers = countDays(working, provisional, (day) => {
    const { date, working: counted, reason: why } = describe(civilDateOfDay(day));
    return { date, counted, why };
  });
  const describe = (date: CivilDate) => {
    const index = indexOf(dayNumberOf(date));
    return describeDay(sources, date, provisional[index] === 1);
  };
  return {
    first: firstDate,
    last: lastDate,
    sources,
    edition: editionOf(working, provisional),
    businessHours: undefined,
    day: describe,
    isWorkingDay: (date) => numbers.isWorkingDay(dayNumberOf(date)),
    addWorkingDays: (date, n) => civilDateOfDay(numbers.addWorkingDays(dayNumberOf(date), n)),
    workingDaysBetween: (after, upTo) => numbers.workingDaysBetween(dayNumberOf(after), dayNumberOf(upTo)),
    numbers,
  };
}

/** 1 for a working day. Stronger kinds overwrite weaker ones; within a kind a named day overrides the plain week. */
function decideDays(sources: readonly CalendarSource[]): Uint8Array {
  const working = new Uint8Array(size);
  plainWeek(working, 0, size);
  for (const kind of sourceKinds) {
    const ofKind = sources.filter((source) => source.kind === kind);
    for (const year of ofKind.flatMap((source) => [...source.years])) plainWeek(working, ...yearSpan(year));
    for (const { days } of ofKind) {
      for (const [date, day] of days) {
        const index = dayNumberOf(date) - firstDay;
        if (index >= 0 && index < size) working[index] = day.working ? 1 : 0;
      }
    }
  }
  return working;
}

/**
 * 1 for a day not covered by a published schedule. A notice may move days of the December before it, so the last
 * three days of a year stay provisional until the next year's notice is loaded.
 */
function findProvisional(sources: readonly CalendarSource[]): Uint8Array {
  const provisional = new Uint8Array(size).fill(1);
  const documents = sources.filter(({ kind }) => kind === 'schedule' || kind === 'local');
  const settled = new Set(documents.flatMap((source) => [...source.years]));
  for (const year of settled) {
    const [start, end] = yearSpan(year);
    provisional.fill(0, start, settled.has(year + 1) ? end : Math.max(end - 3, 0));
  }
  for (const date of documents.flatMap((source) => [...source.days.keys()])) {
    provisional[dayNumberOf(date) - firstDay] = 0;
  }
  return provisional;
}

function countDays(
  working: Uint8Array,
  provisional: Uint8Array,
  explain: (day: DayNumber) => CountedDay,
): CalendarNumbers {
  // before[i]: working days among the first i days; list[k]: index of working day number k.
  const before = prefixSum(working);
  const provisionalBefore = prefixSum(provisional);
  const list = Int32Array.from([...working.keys()].filter((index) => working[index] === 1));
  const explained: (CountedDay | undefined)[] = new Array<undefined>(size);
  const at = (sums: Int32Array, index: number) => sums[index] ?? 0;
  const pick = (position: number): DayNumber => {
    const index = list[position];
    if (index === undefined) throw outside();
    return firstDay + index;
  };
  const isWorkingDay = (day: DayNumber) => working[indexOf(day)] === 1;
  return {
    isWorkingDay,
    addWorkingDays: (day, n) => {
      const index = indexOf(day);
      if (n > 0) return pick(at(before, index + 1) + n - 1);
      if (n < 0) return pick(at(before, index) + n);
      return pick(at(before, index));
    },
    workingDaysBetween: (after, upTo) => at(before, indexOf(upTo) + 1) - at(before, indexOf(after) + 1),
    atOrBefore: (day) => pick(at(before, indexOf(day) + 1) - 1),
    anyProvisional: (first, last) =>
      at(provisionalBefore, indexOf(last) + 1) > at(provisionalBefore, indexOf(first)),
    counted: (day) => (explained[indexOf(day)] ??= explain(day)),
  };
}

function prefixSum(flags: Uint8Array): Int32Array {
  const sums = new Int32Array(flags.length + 1);
  for (let index = 0; index < flags.length; index++) {
    sums[index + 1] = (sums[index] ?? 0) + (flags[index] ?? 0);
  }
  return sums;
}

function plainWeek(working: Uint8Array, start: number, end: number): void {
  for (let index = start; index < end; index++) working[index] = weekdayOf(firstDay + index) <= 5 ? 1 : 0;
}

/** Half-open range of day indices, clipped to the calendar. */
function yearSpan(year: number): [number, number] {
  const within = (text: string) => Math.min(Math.max(dayNumberOf(text as CivilDate) - firstDay, 0), size);
  return [within(`${year}-01-01`), within(`${year + 1}-01-01`)];
}

function indexOf(day: DayNumber): number {
  const index = day - firstDay;
  if (!(index >= 0 && index < size)) throw outside();
  return index;
}

function outside(): Refusal {
  return new Refusal('calendar.invalid', `算到了工作日历之外（日历从 ${firstDate} 到 ${lastDate}）`, {
    remedy: '核对日期和天数',
  });
}
