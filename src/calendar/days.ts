/** A calendar as plain data: which days are working days, without the reasons. */
import { civilDateOfDay, dayNumberOf, yearOf, type CivilDate } from '../kernel/civil-date.js';
import { workingCalendarOf, type WorkingCalendar } from './working-calendar.js';

export interface CalendarDays {
  /** The first day, `YYYY-MM-DD`. */
  readonly from: string;
  /** One character a day from `from` on: `1` for a working day, else `0`. */
  readonly days: string;
}

export function daysOf(calendar: WorkingCalendar, from: CivilDate, to: CivilDate): CalendarDays {
  const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
  const working = Array.from({ length: last - first + 1 }, (_, index) =>
    calendar.numbers.isWorkingDay(first + index) ? '1' : '0',
  );
  return { from, days: working.join('') };
}

/** Outside those days the plain Monday–Friday week applies. */
export function calendarOfDays({ from, days }: CalendarDays): WorkingCalendar {
  const first = dayNumberOf(from as CivilDate);
  const named = new Map(
    [...days].map((day, index) => [
      civilDateOfDay(first + index),
      { working: day === '1', name: day === '1' ? '工作日' : '休息日' },
    ]),
  );
  const years = new Set([...named.keys()].map(yearOf));
  return workingCalendarOf([{ kind: 'schedule', title: '工作日历', years, days: named }], () => from);
}
