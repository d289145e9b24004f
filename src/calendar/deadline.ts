/**
 * A limit in working days, as an instant with its explanation. The regulation does not define how
 * days are counted, so the Civil Code applies by analogy: the day of the start is not counted, and
 * the last day ends at 24:00.
 */
import { lawOf, type Law } from '../kernel/law.js';
import { Refusal } from '../kernel/refusal.js';
import {
  civilDateOfDay,
  dayOfInstant,
  endOfDay,
  startOfDay,
  type CivilDate,
  type DayNumber,
} from '../kernel/civil-date.js';
import type { CountedDay } from './day.js';
import type { WorkingCalendar } from './working-calendar.js';

/** The rule by which days are counted; every deadline states it. */
export const countingRule = (law: Law): string => `${lawOf('counting-of-days', law)}（类推适用）`;

/** About fourteen years; a larger number is a typing error. */
const mostWorkingDays = 3660;

export const firstDayNotCounted = '始日不计';
/** Set by policy: if the start is on a working day, that day is counted as the first. */
export const firstDayCounted = Symbol('first day counted');
export const limitDayNotCounted = '原期限届满之日不计';

export interface Deadline {
  /** The end of a day is the next day's 00:00 (+08:00), or the close of business by policy. */
  readonly due: Date;
  /** The last day to act, for edge `end`; the day that begins, for edge `start`. */
  readonly dueDate: CivilDate;
  /** True if the limit crosses days whose schedule is not published yet. */
  readonly provisional: boolean;
  /** Every day from start to end. */
  readonly days: readonly CountedDay[];
}

/** Why the first day is not counted, or the symbol that says it is. */
export type WhyNotFirst = string | typeof firstDayCounted;

export type Edge = 'start' | 'end';

/**
 * The end (or start) of the n-th working day after the day of `start`. For n = 0: the day of `start`, or the next
 * working day.
 *
 * @throws {Refusal} `calendar.invalid` for a count other than 0 to 3660, or days outside the calendar
 */
export function dueAfterWorkingDays(
  calendar: WorkingCalendar,
  start: Date,
  workingDays: number,
  edge: Edge = 'end',
): Deadline {
  return dueAfterDay(calendar, dayOfInstant(start), workingDays, edge);
}

/**
 * The end (or start) of the n-th working day before the day that a limit belongs to: one working
 * day before 24:00 of working day 5 is 24:00 of working day 4. For n = 0: the limit's own day, or
 * the last working day before it.
 */
export function dueBeforeDay(
  calendar: WorkingCalendar,
  limitDay: DayNumber,
  workingDays: number,
  edge: Edge,
): Deadline {
  checkCount(workingDays);
  const { numbers } = calendar;
  const day =
    workingDays === 0 ? numbers.atOrBefore(limitDay) : numbers.addWorkingDays(limitDay, -workingDays);
  const origin = workingDays > 0 ? { day: limitDay, why: limitDayNotCounted } : undefined;
  const provisional = numbers.anyProvisional(day, limitDay);
  return new WorkingDayDeadline(calendar, day, edge, provisional, origin, limitDay);
}

export interface PausedDays {
  /** Why the day is not counted, in Chinese; undefined for a day that is counted. */
  why(day: DayNumber): string | undefined;
  /** Paused working days in (after, upTo]. */
  workingDays(after: DayNumber, upTo: DayNumber): number;
}

/** Like `dueAfterWorkingDays`, but from a day; a limit at 24:00 belongs to the day that ends. */
export function dueAfterDay(
  calendar: WorkingCalendar,
  startDay: DayNumber,
  workingDays: number,
  edge: Edge,
  whyNotFirst: WhyNotFirst = firstDayNotCounted,
  paused?: PausedDays,
): Deadline {
  checkCount(workingDays);
  const { numbers } = calendar;
  const skipsFirst = workingDays > 0 && whyNotFirst !== firstDayCounted;
  const day = lastDayCounted(calendar, skipsFirst ? startDay : startDay - 1, workingDays, paused);
  const origin = skipsFirst ? { day: startDay, why: whyNotFirst } : undefined;
  // An uncounted first day never moves the limit, provisional or not.
  const firstThatMatters = skipsFirst ? startDay + 1 : startDay;
  const provisional = numbers.anyProvisional(firstThatMatters, day);
  return new WorkingDayDeadline(calendar, day, edge, provisional, origin, startDay, paused);
}

/** Adds paused days at the end; the added days may be paused in turn. */
function lastDayCounted(
  { numbers }: WorkingCalendar,
  after: DayNumber,
  workingDays: number,
  paused: PausedDays | undefined,
): DayNumber {
  // A limit of 0 working days ends with the next working day.
  const wanted = Math.max(workingDays, 1);
  let day = numbers.addWorkingDays(after, wanted);
  for (let known = 0; paused;) {
    const still = paused.workingDays(after, day);
    if (still === known) break;
    known = still;
    day = numbers.addWorkingDays(after, wanted + still);
  }
  return day;
}

/** Texts are built on access, because computing a million instants needs none. */
class WorkingDayDeadline implements Deadline {
  readonly due: Date;

  constructor(
    private readonly calendar: WorkingCalendar,
    private readonly day: DayNumber,
    edge: Edge,
    readonly provisional: boolean,
    /** The day of the start with the reason why it is not counted; undefined if it is counted as the first. */
    private readonly origin: { readonly day: DayNumber; readonly why: string } | undefined,
    private readonly otherEnd: DayNumber,
    private readonly paused?: PausedDays,
  ) {
    this.due = edge === 'start' ? startOfDay(day) : endOfWorkingDay(calendar, day);
  }

  get dueDate(): CivilDate {
    return civilDateOfDay(this.day);
  }

  get days(): readonly CountedDay[] {
    const days: CountedDay[] = [];
    const last = Math.max(this.day, this.otherEnd);
    for (let day = Math.min(this.day, this.otherEnd); day <= last; day++) {
      const line = this.calendar.numbers.counted(day);
      const why = this.origin?.day === day ? this.origin.why : line.counted && this.paused?.why(day);
      days.push(why ? { date: line.date, counted: false, why } : line);
    }
    return days;
  }
}

/** 24:00, or the close of business by policy. */
export function endOfWorkingDay({ businessHours }: WorkingCalendar, day: DayNumber): Date {
  return businessHours?.dayEnds === 'close'
    ? new Date(startOfDay(day).getTime() + businessHours.closes)
    : endOfDay(day);
}

function checkCount(workingDays: number): void {
  if (Number.isInteger(workingDays) && workingDays >= 0 && workingDays <= mostWorkingDays) return;
  throw new Refusal('calendar.invalid', `工作日数“${workingDays}”不对`, {
    remedy: `写 0 到 ${mostWorkingDays} 之间的整数`,
  });
}
