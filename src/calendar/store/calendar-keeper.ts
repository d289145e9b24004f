/**
 * The calendar in use: what ships with the program and what was loaded since. Loaded notices are read again at most
 * every second, so that a schedule loaded by another program is seen without a question to the database in every step.
 */
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { shippedSources } from '../default-calendar.js';
import { createWorkingCalendar } from '../create-calendar.js';
import type { WorkingCalendar } from '../working-calendar.js';
import { loadedNotices } from './notice-store.js';

export interface CalendarKeeper {
  /** As it was at the last refresh. */
  readonly current: () => WorkingCalendar;
  readonly refresh: (transaction: Transaction) => Promise<void>;
  /** Lets the next refresh read anew. */
  readonly forget: () => void;
  /**
   * For deadlines computed by `current()` after this call, with no I/O in between: what it answers goes out with them
   * and fails their transaction where a notice has been loaded meanwhile; tried again, it reads anew.
   */
  readonly hold: () => (transaction: Transaction) => void;
}

const refreshEvery = 1000;

export function createCalendarKeeper(clock: Clock): CalendarKeeper {
  const shipped = shippedSources();
  let calendar = createWorkingCalendar(shipped);
  let known = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  const forget = (): void => {
    readAt = Number.NEGATIVE_INFINITY;
  };
  return {
    current: () => calendar,
    refresh: async (transaction) => {
      const now = clock.now().getTime();
      // A clock may also be set back.
      if (Math.abs(now - readAt) < refreshEvery) return;
      const { last, sources } = await loadedNotices(transaction);
      // Notices are only ever added, one after the other. An answer that was overtaken on its way is no news.
      if (last > known) {
        calendar = createWorkingCalendar([...shipped, ...sources]);
        known = last;
      }
      readAt = now;
    },
    forget,
    hold: () => {
      const used = known;
      return (transaction) => {
        transaction.write('calendar-hold', 'SELECT hold_calendar($1)', [used]);
        transaction.afterFailure(forget);
      };
    },
  };
}
