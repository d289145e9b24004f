/** Measures time on working days, counting whole days of Asia/Shanghai. */
import { dayOfInstant, startOfDay } from '../kernel/civil-date.js';
import type { WorkingCalendar } from './working-calendar.js';

/**
 * In milliseconds; additive, so that the times of adjacent spans add up.
 *
 * @throws {Refusal} `calendar.invalid` outside the calendar
 */
export function timeOnWorkingDays({ numbers }: WorkingCalendar, from: Date, to: Date): number {
  const [first, last] = [dayOfInstant(from), dayOfInstant(to)];
  const into = (day: number, instant: Date): number =>
    numbers.isWorkingDay(day) ? instant.getTime() - startOfDay(day).getTime() : 0;
  // Working days in [first, last).
  const days = numbers.workingDaysBetween(first - 1, last - 1);
  return days * 86_400_000 - into(first, from) + into(last, to);
}
