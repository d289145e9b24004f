/** The calendar shipped with the program. Each call reads the files anew; the caller keeps the result. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../kernel/package-root.js';
import type { CalendarSource } from './source.js';
import { chineseWorkdaySource } from './sources/chinese-workday.js';
import { readNotices } from './sources/schedule-file.js';
import { readStatutoryDays } from './sources/statutory.js';
import { createWorkingCalendar } from './create-calendar.js';
import type { WorkingCalendar } from './working-calendar.js';

const schedules = join(packageRoot, 'src', 'calendar', 'schedules');

/** `chinese-workday`, the State Council's schedules 2007–2026, the statutory days of 2027. */
export function shippedSources(): CalendarSource[] {
  const read = (name: string) => readFileSync(join(schedules, name), 'utf8');
  return [
    readStatutoryDays(read('statutory-2027.json')),
    chineseWorkdaySource(),
    ...readNotices(read('state-council.json'), 'state-council.json'),
  ];
}

export function defaultCalendar(): WorkingCalendar {
  return createWorkingCalendar(shippedSources());
}
