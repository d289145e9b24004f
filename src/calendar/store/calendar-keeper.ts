/**
 * The calendar in use: shipped sources and loaded notices. It is reloaded at most once a second, so
 * that notices loaded by other programs arrive without a query in every step.
 */
import type { Clock, JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { shippedSources } from '../default-calendar.js';
import { createWorkingCalendar } from '../create-calendar.js';
import { explain } from '../explanation.js';
import type { WorkingCalendar } from '../working-calendar.js';
import { readEditions, recordEdition } from './edition-store.js';
import { loadedNotices } from './notice-store.js';

export interface CalendarKeeper {
  /** The calendar as of the last refresh. */
  readonly current: () => WorkingCalendar;
  readonly refresh: (transaction: Transaction) => Promise<void>;
  /** Forces the next refresh to reload. */
  readonly forget: () => void;
  /**
   * Call before computing deadlines with `current()`. The returned function makes their transaction
   * fail if a notice was loaded meanwhile; the retry reloads.
   */
  readonly hold: () => (transaction: Transaction) => void;
  /** Stores the edition in use, so that derivations written in this transaction can be explained later. */
  readonly record: (transaction: Transaction) => void;
  /** Returns a function that explains these derivations, each by the edition of the calendar it was computed with. */
  readonly explainer: (
    transaction: Transaction,
    derivations: readonly JsonObject[],
    law: Law,
  ) => Promise<(derivation: JsonObject) => JsonObject>;
}

const refreshEvery = 1000;

export function createCalendarKeeper(clock: Clock): CalendarKeeper {
  const shipped = shippedSources();
  let calendar = createWorkingCalendar(shipped);
  let known = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  const recorded = new Set<string>();
  const editions = new Map<string, WorkingCalendar>();
  const forget = (): void => {
    readAt = Number.NEGATIVE_INFINITY;
  };
  const record = (transaction: Transaction, used: WorkingCalendar): void => {
    if (recorded.has(used.edition)) return;
    recordEdition(transaction, used);
    transaction.afterCommit(() => recorded.add(used.edition));
  };
  return {
    current: () => calendar,
    refresh: async (transaction) => {
      const now = clock.now().getTime();
      // Absolute difference, because the clock may be set back.
      if (Math.abs(now - readAt) < refreshEvery) return;
      const { last, sources } = await loadedNotices(transaction);
      // Notices are only added, so a reply with fewer is older and is dropped.
      if (last > known) {
        calendar = createWorkingCalendar([...shipped, ...sources]);
        known = last;
      }
      readAt = now;
    },
    forget,
    hold: () => {
      const [last, used] = [known, calendar];
      return (transaction) => {
        transaction.write('calendar-hold', 'SELECT lock_calendar($1)', [last]);
        transaction.afterFailure(forget);
        record(transaction, used);
      };
    },
    record: (transaction) => record(transaction, calendar),
    explainer: async (transaction, derivations, law) => {
      editions.set(calendar.edition, calendar);
      const named = new Set(derivations.map((one) => one.calendar).filter((one) => typeof one === 'string'));
      const missing = [...named].filter((edition) => !editions.has(edition));
      if (missing.length > 0) {
        for (const [edition, read] of await readEditions(transaction, missing)) editions.set(edition, read);
      }
      return (derivation) =>
        explain(
          derivation,
          typeof derivation.calendar === 'string' ? editions.get(derivation.calendar) : undefined,
          law,
        );
    },
  };
}
