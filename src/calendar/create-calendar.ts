/** The working calendar with its edition (a hash), for Node; browsers have no synchronous digest. */
import { createHash } from 'node:crypto';
import type { CalendarSource } from './source.js';
import { workingCalendarOf, type WorkingCalendar } from './working-calendar.js';

/** @param sources in order of issue within a kind: a later one amends an earlier one */
export const createWorkingCalendar = (sources: readonly CalendarSource[]): WorkingCalendar =>
  workingCalendarOf(sources, (...days) =>
    days
      .reduce((hash, part) => hash.update(part), createHash('sha256'))
      .digest('hex')
      .slice(0, 12),
  );
