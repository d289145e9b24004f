/**
 * Aggregates entries that outsiders can cause: equal ones share one entry per minute, with their
 * number, so that nobody can flood an append-only log. They are counted in the database, so that a
 * crash loses none.
 */
import type { Transaction } from '../platform/database/index.js';
import { lockStream } from './record.js';
import { countEntry, takeCounted, type Occurrence } from './store/counted-entry-store.js';
import type { Using } from './parts.js';

export interface CountedEntries {
  add(transaction: Transaction, occurrence: Occurrence): Promise<void>;
  /** Writes the entries of past minutes. @param before only minutes that began before this instant */
  settle(before?: Date): Promise<void>;
}

const minute = 60_000;

export function createCountedEntries(deps: Using<'clock' | 'database' | 'journal'>): CountedEntries {
  const { clock, database, journal } = deps;
  const thisMinute = (): Date => new Date(Math.floor(clock.now().getTime() / minute) * minute);
  return {
    add: (transaction, occurrence) => countEntry(transaction, { ...occurrence, minute: thisMinute() }),
    settle: (before = thisMinute()) =>
      database.transaction(async (transaction) => {
        const counted = await takeCounted(transaction, before);
        if (counted.length === 0) return;
        for (const stream of ['accounts', 'refusals'] as const) await lockStream(transaction, stream);
        const at = clock.now();
        await journal.append(
          transaction,
          counted.map(({ stream, type, alike, minute: from, count, details: [first = {}, ...more] }) => ({
            stream,
            type,
            at,
            body: {
              ...alike,
              ...first,
              minute: from.toISOString(),
              count,
              ...(more.length > 0 ? { more } : {}),
            },
          })),
        );
      }),
  };
}
