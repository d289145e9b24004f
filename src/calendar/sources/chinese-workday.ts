/**
 * The package `chinese-workday`. It silently answers Monday–Friday for years without data, so a
 * year in which it knows no festival counts as not covered. It is queried only by `YYYY-MM-DD`:
 * with a `Date` its answer depends on the server's zone.
 */
import { getFestival, isWorkday } from 'chinese-workday';
import { civilDateOfDay, dayNumberOf, yearOf, type CivilDate } from '../../kernel/civil-date.js';
import type { CalendarSource, SourceDay } from '../source.js';

const firstYear = 2000;
const lastYear = 2050;
/** The package's words for a day that is no festival. In a year with data, National Day has another word. */
const ordinary: ReadonlySet<string> = new Set(['工作日', '周末']);

export function chineseWorkdaySource(): CalendarSource {
  const years = new Set<number>();
  const days = new Map<CivilDate, SourceDay>();
  for (let year = firstYear; year <= lastYear; year++) {
    if (ordinary.has(getFestival(`${year}-10-01`))) continue;
    const last = dayNumberOf(`${year}-12-31` as CivilDate);
    for (let day = dayNumberOf(`${year}-01-01` as CivilDate); day <= last; day++) {
      const date = civilDateOfDay(day);
      const festival = getFestival(date);
      if (ordinary.has(festival)) continue;
      years.add(yearOf(date));
      // The package calls make-up workdays 补春节, 补国庆节 …
      days.set(date, { working: isWorkday(date), name: festival.replace(/^补/, '') });
    }
  }
  return { kind: 'package', title: 'chinese-workday', years, days };
}
