/** Adding and measuring business time. */
import { dayOfInstant, startOfDay, type DayNumber } from '../kernel/civil-date.js';
import type { BusinessHours } from './business-hours.js';
import type { WorkingCalendar } from './working-calendar.js';

/**
 * @param milliseconds of business time; negative counts backwards
 * @returns the first instant at which the time has passed; for 0 the instant itself
 */
export function addBusinessTime(
  calendar: WorkingCalendar,
  hours: BusinessHours,
  instant: Date,
  milliseconds: number,
): Date {
  if (milliseconds === 0) return instant;
  const forward = milliseconds > 0;
  let left = Math.abs(milliseconds);
  let day = dayOfInstant(instant);
  let open = openOn(calendar, hours, day).map((period) =>
    forward
      ? { from: Math.max(period.from, instant.getTime()), to: period.to }
      : { from: period.from, to: Math.min(period.to, instant.getTime()) },
  );
  for (;;) {
    for (const { from, to } of forward ? open : open.reverse()) {
      if (to <= from) continue;
      if (left <= to - from) return new Date(forward ? from + left : to - left);
      left -= to - from;
    }
    day = calendar.numbers.addWorkingDays(day, forward ? 1 : -1);
    open = openOn(calendar, hours, day);
  }
}

/** Business time between two instants, in milliseconds. */
export function businessTimeBetween(
  calendar: WorkingCalendar,
  hours: BusinessHours,
  from: Date,
  to: Date,
): number {
  let passed = 0;
  for (let day = dayOfInstant(from); day <= dayOfInstant(to); day = calendar.numbers.addWorkingDays(day, 1)) {
    for (const open of openOn(calendar, hours, day)) {
      passed += Math.max(Math.min(open.to, to.getTime()) - Math.max(open.from, from.getTime()), 0);
    }
  }
  return passed;
}

function openOn(calendar: WorkingCalendar, hours: BusinessHours, day: DayNumber) {
  if (!calendar.numbers.isWorkingDay(day)) return [];
  const midnight = startOfDay(day).getTime();
  return hours.periods.map(({ opens, closes }) => ({ from: midnight + opens, to: midnight + closes }));
}
