/** The working calendar with its edition, for programs: a browser has no digest at hand that answers at once. */
import { createHash } from 'node:crypto';
import type { CalendarSource } from './source.js';
import { workingCalendarOf, type WorkingCalendar } from './working-calendar.js';

/** @param sources within a kind in the order in which they were issued: the later one amends the earlier */
export const createWorkingCalendar = (sources: readonly CalendarSource[]): WorkingCalendar =>
  workingCalendarOf(sources, (...days) =>
    days
      .reduce((hash, part) => hash.update(part), createHash('sha256'))
      .digest('hex')
      .slice(0, 12),
  );
