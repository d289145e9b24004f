/** Notices loaded at run time; append-only. */
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { parseCivilDate, type CivilDate } from '../../kernel/civil-date.js';
import type { CalendarSource, SourceDay } from '../source.js';

export type Notice = CalendarSource & { readonly document: string };

export const noticeTable = 'calendar_notice';

interface NoticeRow {
  id: number;
  kind: 'national' | 'local';
  title: string;
  document: string;
  issued_on: string | null;
  address: string | null;
  year: number | null;
  days: ({ date: CivilDate } & SourceDay)[];
}

/** Notices in order of loading, with the number of the last one (0 for none), which identifies the state. */
export async function loadedNotices(
  transaction: Transaction,
): Promise<{ readonly last: number; readonly sources: CalendarSource[] }> {
  const rows = await transaction.query<NoticeRow>(
    `SELECT id, kind, title, document, issued_on::text AS issued_on, address, year, days
       FROM calendar_notice ORDER BY id`,
  );
  const sources = rows.map((row): CalendarSource => ({
    kind: row.kind === 'local' ? 'local' : 'schedule',
    title: row.title,
    document: row.document,
    ...(row.issued_on === null ? {} : { publishedOn: parseCivilDate(row.issued_on) }),
    ...(row.address === null ? {} : { address: row.address }),
    years: new Set(row.year === null ? [] : [row.year]),
    days: new Map(row.days.map(({ date, working, name }) => [date, { working, name }])),
  }));
  return { last: rows.at(-1)?.id ?? 0, sources };
}

/**
 * Waits for deadlines that are being written, then blocks other loading of notices and writing of
 * deadlines until the transaction ends. Counterpart of the SQL function `lock_calendar`.
 */
export async function lockCalendar(transaction: Transaction): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock(hashtext(current_schema()), 9)');
}

/**
 * Adds a notice; loading the same file again changes nothing.
 *
 * @param act.file SHA-256 of its content, hex
 * @returns its number, and whether it was new
 * @throws {Refusal} `calendar.invalid` if the document, or an annual schedule of its year, was
 * loaded from another file
 */
export async function loadNotice(
  transaction: Transaction,
  notice: Notice,
  act: { readonly file: string; readonly at: Date; readonly by: string },
): Promise<{ readonly id: number; readonly added: boolean }> {
  const [added] = await transaction.query<{ id: number }>(
    `INSERT INTO calendar_notice
       (kind, title, document, issued_on, address, year, days, sha256, loaded_at, loaded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`,
    [
      kindOf(notice),
      notice.title,
      notice.document,
      notice.publishedOn ?? null,
      notice.address ?? null,
      yearOf(notice),
      JSON.stringify(daysOf(notice)),
      act.file,
      act.at,
      act.by,
    ],
  );
  if (added) return { id: added.id, added: true };
  return { id: (await findLoadedNotice(transaction, notice, act.file)) ?? 0, added: false };
}

const kindOf = ({ kind }: Notice): NoticeRow['kind'] => (kind === 'local' ? 'local' : 'national');
const yearOf = ({ years }: Notice): number | null => [...years][0] ?? null;
const daysOf = ({ days }: Notice): NoticeRow['days'] => [...days].map(([date, day]) => ({ date, ...day }));

/** The notice as columns of its row. */
export const noticeRow = (notice: Notice) => ({
  kind: kindOf(notice),
  year: yearOf(notice),
  days: daysOf(notice),
});

/**
 * @returns the number under which this notice is already loaded
 * @throws {Refusal} `calendar.invalid` like `loadNotice`
 */
export async function findLoadedNotice(
  transaction: Transaction,
  notice: Notice,
  file: string,
): Promise<number | undefined> {
  const [year = null] = notice.years;
  const [standing] = await transaction.query<{ id: number; document: string; sha256: string }>(
    `SELECT id, document, sha256 FROM calendar_notice
      WHERE document = $1 OR year = $2 ORDER BY (document = $1) DESC`,
    [notice.document, year],
  );
  if (!standing) return undefined;
  if (standing.document === notice.document && standing.sha256 === file) return standing.id;
  throw new Refusal(
    'calendar.invalid',
    standing.document === notice.document
      ? `${notice.document} 已经载入过，内容与这个文件不同`
      : `${String(year)} 年已有年度安排（${standing.document}）`,
    { remedy: '若是后来的调整，kind 写 amendment，并写它自己的文号；日历没有任何变动' },
  );
}
