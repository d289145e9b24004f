/**
 * Deadlines of five working days: the calendar's prefix sum against a loop over `chinese-workday`, on the same inputs.
 */
import { isWorkday } from 'chinese-workday';
import {
  createWorkingCalendar,
  dueAfterWorkingDays,
  shippedSources,
  type WorkingCalendar,
} from '#src/calendar/index.js';
import { civilDateOf, civilDateOfDay } from '#src/kernel/civil-date.js';
import { random } from '../test/support/messages.js';
import { median, rounded, table } from './table.js';

const day = 86_400_000;
const rounds = 5;
const deadlines = 20_000;

/** Without a calendar: asks the package day by day. */
function loop(start: Date, workingDays: number): number {
  let number = Math.floor((start.getTime() + 8 * 3_600_000) / day);
  for (let left = workingDays; left > 0;) {
    number += 1;
    if (isWorkday(civilDateOfDay(number))) left -= 1;
  }
  return (number + 1) * day - 8 * 3_600_000;
}

function perSecond(work: () => void): number {
  const from = process.hrtime.bigint();
  work();
  return (deadlines * 1e9) / Number(process.hrtime.bigint() - from);
}

export function run(): void {
  // Only the package's days, so that both agree: the schedules correct four of them.
  const calendar: WorkingCalendar = createWorkingCalendar(
    shippedSources().filter(({ kind }) => kind === 'package'),
  );
  const next = random(24);
  const first = Date.parse('2018-01-01T00:00:00+08:00');
  const span = Date.parse('2025-12-01T00:00:00+08:00') - first;
  const starts = Array.from({ length: deadlines }, () => new Date(first + Math.floor(next() * span)));
  for (const start of starts) {
    if (dueAfterWorkingDays(calendar, start, 5).due.getTime() !== loop(start, 5)) {
      throw new Error(`the two disagree about five working days from ${civilDateOf(start)}`);
    }
  }
  let sum = 0;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(
      perSecond(() => {
        for (const start of starts) sum += dueAfterWorkingDays(calendar, start, 5).due.getTime();
      }),
    );
    theirs.push(
      perSecond(() => {
        for (const start of starts) sum -= loop(start, 5);
      }),
    );
  }
  if (sum !== 0) throw new Error('the two disagree');
  table(
    'Five working days from an instant',
    ['way', 'deadlines/s'],
    [
      ['working calendar', rounded(median(ours))],
      ['loop over chinese-workday', rounded(median(theirs))],
      ['ratio', `${rounded(median(ours) / median(theirs), 1)}×`],
    ],
  );
}
