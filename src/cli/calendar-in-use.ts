/** The shipped calendar or, with `--loaded`, that of the running system. */
import type { WorkingCalendar } from '../calendar/index.js';

export const loadedOption = [
  '--loaded',
  '按运行中的系统已载入的安排(要连数据库);不加只看随程序提供的',
] as const;

/** @throws {Refusal} with `loaded`: `database.unreachable` and others */
export async function calendarInUse(loaded = false): Promise<WorkingCalendar> {
  const { createCalendarKeeper, defaultCalendar } = await import('../calendar/index.js');
  if (!loaded) return defaultCalendar();
  const { systemClock } = await import('../kernel/index.js');
  const { databaseSettings, openDatabase } = await import('../platform/database/index.js');
  const database = await openDatabase({ applicationName: 'hotline calendar', ...databaseSettings() });
  try {
    const keeper = createCalendarKeeper(systemClock);
    await database.transaction(keeper.refresh);
    return keeper.current();
  } finally {
    await database.close();
  }
}
