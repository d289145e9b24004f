/**
 * The calendar in use: what ships with the program and what was loaded since. Loaded notices are read again at most
 * every second, so that a schedule loaded by another program is seen without a question to the database in every step.
 */
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { shippedSources } from '../default-calendar.js';
import { createWorkingCalendar, type WorkingCalendar } from '../working-calendar.js';
import { loadedNotices } from './notice-store.js';

export interface CalendarKeeper {
  /** As it was at the last refresh. */
  readonly current: () => WorkingCalendar;
  readonly refresh: (transaction: Transaction) => Promise<void>;
  /** Lets the next refresh read anew. */
  readonly forget: () => void;
}

const refreshEvery = 1000;

export function createCalendarKeeper(clock: Clock): CalendarKeeper {
  const shipped = shippedSources();
  let calendar = createWorkingCalendar(shipped);
  let known = '';
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    current: () => calendar,
    refresh: async (transaction) => {
      const now = clock.now().getTime();
      // A clock may also be set back.
      if (Math.abs(now - readAt) < refreshEvery) return;
      const notices = await loadedNotices(transaction);
      // Notices are only ever added, one document once: their documents name the state.
      const documents = JSON.stringify(notices.map(({ document }) => document));
      if (documents !== known) calendar = createWorkingCalendar([...shipped, ...notices]);
      known = documents;
      readAt = now;
    },
    forget: () => {
      readAt = Number.NEGATIVE_INFINITY;
    },
  };
}
