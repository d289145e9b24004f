/**
 * The calendar in use: shipped sources and loaded notices. Reloaded at most once a second: notices loaded by other
 * programs arrive without a query in every step.
 */
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { shippedSources } from '../default-calendar.js';
import { createWorkingCalendar } from '../create-calendar.js';
import type { WorkingCalendar } from '../working-calendar.js';
import { loadedNotices } from './notice-store.js';

export interface CalendarKeeper {
  /** As of the last refresh. */
  readonly current: () => WorkingCalendar;
  readonly refresh: (transaction: Transaction) => Promise<void>;
  /** Forces the next refresh to reload. */
  readonly forget: () => void;
  /**
   * Call before computing deadlines with `current()`. The returned function fails their transaction if a notice was
   * loaded meanwhile; the retry reloads.
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
      // The clock may be set back.
      if (Math.abs(now - readAt) < refreshEvery) return;
      const { last, sources } = await loadedNotices(transaction);
      // Notices are only added. A slower, older reply is dropped.
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
