/** Compares the sources of the calendar with each other, and two versions of the calendar. */
import { civilDateOfDay, dayNumberOf, type CivilDate } from '../kernel/civil-date.js';
import type { CalendarDay, Statement } from './day.js';
import type { WorkingCalendar } from './working-calendar.js';

interface Disagreement {
  readonly day: CalendarDay;
  /** What each source says about the day, strongest source first; the first statement counts. */
  readonly statements: readonly Statement[];
}

export interface Comparison {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly days: number;
  readonly disagreements: readonly Disagreement[];
}

/** Days (both ends included) on which package, schedule and local rules disagree. */
export function compareSources(calendar: WorkingCalendar, from: CivilDate, to: CivilDate): Comparison {
  const disagreements: Disagreement[] = [];
  const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
  for (let number = first; number <= last; number++) {
    const day = calendar.day(civilDateOfDay(number));
    if (!day.disputed) continue;
    const statements = day.statements.filter(({ kind }) => kind !== 'weekday' && kind !== 'statutory');
    disagreements.push({ day, statements });
  }
  return { from, to, days: Math.max(last - first + 1, 0), disagreements };
}

/** The years covered by sources of this kind, ascending. */
export function settledYears(calendar: WorkingCalendar, kind: 'package' | 'schedule'): number[] {
  const years = calendar.sources.filter((source) => source.kind === kind).flatMap(({ years }) => [...years]);
  return [...new Set(years)].sort((a, b) => a - b);
}

export interface ChangedDay {
  readonly date: CivilDate;
  readonly before: CalendarDay;
  readonly after: CalendarDay;
}

/** Days on which two versions of the calendar differ: working or not, provisional or not. */
export function changedDays(before: WorkingCalendar, after: WorkingCalendar): ChangedDay[] {
  const changed: ChangedDay[] = [];
  const last = dayNumberOf(before.last);
  for (let day = dayNumberOf(before.first); day <= last; day++) {
    const same =
      before.numbers.isWorkingDay(day) === after.numbers.isWorkingDay(day) &&
      before.numbers.anyProvisional(day, day) === after.numbers.anyProvisional(day, day);
    if (same) continue;
    const date = civilDateOfDay(day);
    changed.push({ date, before: before.day(date), after: after.day(date) });
  }
  return changed;
}

/** The years from `since` on that sources of both kinds cover. */
export function commonSpan(
  calendar: WorkingCalendar,
  since: number,
): { readonly from: CivilDate; readonly to: CivilDate } | undefined {
  const schedule = new Set(settledYears(calendar, 'schedule'));
  const years = settledYears(calendar, 'package').filter((year) => year >= since && schedule.has(year));
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return { from: `${first}-01-01` as CivilDate, to: `${last}-12-31` as CivilDate };
}
