import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/kernel/package-root.js';
import { readNotices, type CalendarSource } from '../../src/calendar/index.js';
import type { RawDays } from './oracle.js';

const file = join(packageRoot, 'src', 'calendar', 'schedules', 'state-council.json');

/** The shipped days, each as the last notice that names it says. */
export function rawDays(): RawDays {
  const { notices } = JSON.parse(readFileSync(file, 'utf8')) as {
    notices: { days: { date: string; off: boolean; name: string }[] }[];
  };
  return Object.fromEntries(notices.flatMap(({ days }) => days.map((day) => [day.date, day])));
}

export function shippedNotices(): CalendarSource[] {
  return readNotices(readFileSync(file, 'utf8'), 'state-council.json');
}

/** The text of a file with one notice, for loading over the shipped ones. */
export function noticeFile(notice: object): string {
  const whole = { title: '试验通知', document: null, publishedOn: null, address: null, ...notice };
  return JSON.stringify({ notices: [whole] });
}
