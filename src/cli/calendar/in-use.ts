import { createCalendarKeeper, defaultCalendar, type WorkingCalendar } from '../../calendar/index.js';
import { systemClock } from '../../kernel/index.js';

export interface WhichCalendar {
  readonly loaded?: boolean;
}

/**
 * The shipped calendar or, with `loaded`, that of the running system.
 *
 * @throws {Refusal} with `loaded`: `database.unreachable` and others
 */
export async function calendarInUse({ loaded = false }: WhichCalendar): Promise<WorkingCalendar> {
  if (!loaded) return defaultCalendar();
  const { databaseSettings, openDatabase } = await import('../../platform/database/index.js');
  const database = await openDatabase({ applicationName: 'hotline calendar', ...databaseSettings() });
  try {
    const keeper = createCalendarKeeper(systemClock);
    await database.transaction(keeper.refresh);
    return keeper.current();
  } finally {
    await database.close();
  }
}
