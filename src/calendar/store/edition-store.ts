/** Editions of the calendar by which deadlines were counted; append-only. */
import type { Transaction } from '../../platform/database/index.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { createWorkingCalendar } from '../create-calendar.js';
import type { CalendarSource, SourceDay } from '../source.js';
import type { WorkingCalendar } from '../working-calendar.js';

type KeptSource = Omit<CalendarSource, 'years' | 'days'> & {
  readonly years: readonly number[];
  readonly days: readonly (readonly [CivilDate, SourceDay])[];
};

/** Writes the edition within the transaction; leaves an existing edition unchanged. */
export function recordEdition(transaction: Transaction, { edition, sources }: WorkingCalendar): void {
  const kept = sources.map(({ years, days, ...source }): KeptSource => ({
    ...source,
    years: [...years],
    days: [...days],
  }));
  transaction.write(
    'calendar-edition',
    'INSERT INTO calendar_edition (edition, sources) VALUES ($1, $2) ON CONFLICT (edition) DO NOTHING',
    [edition, JSON.stringify(kept)],
  );
}

/** Calendars by edition; leaves out an edition whose stored days do not match its hash. */
export async function readEditions(
  transaction: Transaction,
  editions: readonly string[],
): Promise<ReadonlyMap<string, WorkingCalendar>> {
  const rows = await transaction.query<{ edition: string; sources: KeptSource[] }>(
    'SELECT edition, sources FROM calendar_edition WHERE edition = ANY($1)',
    [editions],
  );
  const calendars = rows.map(({ edition, sources }) => {
    const calendar = createWorkingCalendar(
      sources.map(({ years, days, ...source }) => ({
        ...source,
        years: new Set(years),
        days: new Map(days),
      })),
    );
    return [edition, calendar] as const;
  });
  return new Map(calendars.filter(([edition, calendar]) => calendar.edition === edition));
}
