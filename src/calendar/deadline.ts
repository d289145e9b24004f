/**
 * A limit in working days, as an instant that explains itself. The day on which it starts is not counted
 * (Article 201 of the Civil Code), it ends at 24:00 (Article 203): applied to the hotline by analogy, since the
 * regulation defines neither.
 */
import { Refusal } from '../kernel/refusal.js';
import {
  civilDateOfDay,
  dayOfInstant,
  dayOfLimit,
  endOfDay,
  startOfDay,
  type CivilDate,
  type DayNumber,
} from './civil-date.js';
import type { CountedDay } from './day.js';
import type { WorkingCalendar } from './working-calendar.js';

/** By what rule days are counted: told with every deadline. */
export const countingRule = '《民法典》第二百零一条、第二百零三条(类推适用)';

/** Some fourteen years: more is a slip of the pen, not a limit. */
const mostWorkingDays = 3660;

export const firstDayNotCounted = '始日不计';
/** By policy: a start on a working day makes it the first day of the limit. */
export const firstDayCounted = Symbol('first day counted');
export const limitDayNotCounted = '原期限届满之日不计';

export interface Deadline {
  /** The instant; the end of a day is the next day's 00:00 (+08:00), or the close of business by policy. */
  readonly due: Date;
  /** The last day to act, for edge `end`; the day that begins, for edge `start`. */
  readonly dueDate: CivilDate;
  /** It crosses days whose schedule is not published yet. */
  readonly provisional: boolean;
  /** Every day from the start to the end, in order of date. */
  readonly days: readonly CountedDay[];
}

/** Why the first day is not counted, in words; or that it is. */
export type WhyNotFirst = string | typeof firstDayCounted;

export type Edge = 'start' | 'end';

/**
 * The end (or start) of the n-th working day after the day of `start`. For 0 the day of `start` itself, or, where
 * it is no working day, the next one.
 *
 * @throws {Refusal} `calendar.invalid` for a count that is no whole number from 0 to 3660, or days outside the calendar
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
 * The end (or start) of the n-th working day before the day on which `limit` falls: one working day before 24:00
 * of working day 5 is 24:00 of working day 4. For 0 the limit's own day, or the last working day before it.
 */
export function dueBeforeWorkingDays(
  calendar: WorkingCalendar,
  limit: Date,
  workingDays: number,
  edge: Edge = 'end',
): Deadline {
  return dueBeforeDay(calendar, dayOfLimit(limit), workingDays, edge);
}

/** The same from the day that the limit belongs to. */
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

/** Days on which the limit stood still. */
export interface PausedDays {
  /** Why the day is not counted, in Chinese; undefined for a day that is. */
  why(day: DayNumber): string | undefined;
  /** How many working days it stood still, after one day up to another. */
  workingDays(after: DayNumber, upTo: DayNumber): number;
}

/** The same from a day; after another limit, for which a limit at 24:00 belongs to the day that ends. */
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
  // A first day that is not counted matters to nothing, whatever it is: only the days after it can move the limit.
  const firstThatMatters = skipsFirst ? startDay + 1 : startDay;
  const provisional = numbers.anyProvisional(firstThatMatters, day);
  return new WorkingDayDeadline(calendar, day, edge, provisional, origin, startDay, paused);
}

/** Days that stand still make room for as many after them, which may stand still in their turn. */
function lastDayCounted(
  { numbers }: WorkingCalendar,
  after: DayNumber,
  workingDays: number,
  paused: PausedDays | undefined,
): DayNumber {
  // None at all is the next working day's own end.
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

/** Texts are made when they are asked for: a million instants need none. */
class WorkingDayDeadline implements Deadline {
  readonly due: Date;

  constructor(
    private readonly calendar: WorkingCalendar,
    private readonly day: DayNumber,
    edge: Edge,
    readonly provisional: boolean,
    /** The day that the limit starts from; undefined where it is the first one counted. */
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
      const told = this.calendar.numbers.counted(day);
      const why = this.origin?.day === day ? this.origin.why : told.counted && this.paused?.why(day);
      days.push(why ? { date: told.date, counted: false, why } : told);
    }
    return days;
  }
}

/** 24:00, or the close of business where the policy says so. */
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
