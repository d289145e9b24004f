/** Computes the effect of a notice on the calendar in use. */
import {
  changedDays,
  createWorkingCalendar,
  findLoadedNotice,
  type CalendarKeeper,
  type CalendarSource,
  type WorkingCalendar,
} from '../../calendar/index.js';
import { dayNumberOf, endOfDay, startOfDay, type CivilDate } from '../../kernel/civil-date.js';
import type { Span } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { unchanged, type NoticeFile } from './notice-file.js';

/** A day that becomes working or off, or is no longer provisional. */
export interface ChangedDay {
  readonly date: CivilDate;
  readonly working: boolean;
  readonly why: string;
}

export interface CalendarChange {
  /** The notice's number if it is already loaded; then nothing changes. */
  readonly known: number | undefined;
  readonly future: WorkingCalendar;
  readonly days: readonly ChangedDay[];
}

/** @throws {Refusal} `calendar.invalid` if another notice covers the document or its year */
export async function changeBy(
  transaction: Transaction,
  keeper: CalendarKeeper,
  { notice, sha256 }: NoticeFile,
): Promise<CalendarChange> {
  keeper.forget();
  await keeper.refresh(transaction);
  const present = keeper.current();
  const known = await findLoadedNotice(transaction, notice, sha256);
  if (known !== undefined) return { known, future: present, days: [] };
  refuseSettled(notice, present.sources);
  const future = createWorkingCalendar([...present.sources, notice]);
  const days = changedDays(present, future).map(({ after }) => ({
    date: after.date,
    working: after.working,
    why: after.reason,
  }));
  return { known, future, days };
}

/** From the start of the first changed day to the end of the last. */
export const spanOf = (first: CivilDate, last: CivilDate): Span => ({
  from: startOfDay(dayNumberOf(first)),
  until: endOfDay(dayNumberOf(last)),
});

/** Shipped years and documents are not in the database, so they are checked here. */
function refuseSettled(notice: CalendarSource, sources: readonly CalendarSource[]): void {
  const shipped = sources.find(({ document }) => document === notice.document);
  if (shipped) {
    throw new Refusal('calendar.invalid', `${notice.document ?? ''} 已随程序提供：《${shipped.title}》`, {
      remedy: '不必再载入；若是后来的调整，写它自己的文号；日历没有任何变动',
    });
  }
  const settled = sources.find(
    ({ kind, years }) => kind === 'schedule' && [...notice.years].some((year) => years.has(year)),
  );
  if (!settled) return;
  throw new Refusal('calendar.invalid', `《${notice.title}》的年份已有年度安排：《${settled.title}》`, {
    remedy: `若是后来的调整，kind 写 amendment;${unchanged}`,
  });
}
