/** Notices loaded at run time. They are only ever added. */
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { parseCivilDate, type CivilDate } from '../civil-date.js';
import type { CalendarSource, SourceDay } from '../source.js';

interface NoticeRow {
  kind: 'national' | 'local';
  title: string;
  document: string;
  issued_on: string | null;
  address: string | null;
  year: number | null;
  days: ({ date: CivilDate } & SourceDay)[];
}

/** In the order of loading. */
export async function loadedNotices(transaction: Transaction): Promise<CalendarSource[]> {
  const rows = await transaction.query<NoticeRow>(
    `SELECT kind, title, document, issued_on::text AS issued_on, address, year, days
       FROM hotline.calendar_notice ORDER BY id`,
  );
  return rows.map((row) => ({
    kind: row.kind === 'local' ? 'local' : 'schedule',
    title: row.title,
    document: row.document,
    ...(row.issued_on === null ? {} : { publishedOn: parseCivilDate(row.issued_on) }),
    ...(row.address === null ? {} : { address: row.address }),
    years: new Set(row.year === null ? [] : [row.year]),
    days: new Map(row.days.map(({ date, working, name }) => [date, { working, name }])),
  }));
}

/**
 * Adds a notice. The same file once more is no change.
 *
 * @param file SHA-256 of the file, hex
 * @returns whether it was new
 * @throws {Refusal} `calendar.invalid` where the document, or an annual schedule of its year, was loaded from
 * another file
 */
export async function loadNotice(
  transaction: Transaction,
  notice: CalendarSource & { readonly document: string },
  act: { readonly file: string; readonly at: Date; readonly by: string },
): Promise<boolean> {
  const [year = null] = notice.years;
  const days = [...notice.days].map(([date, day]) => ({ date, ...day }));
  const added = await transaction.query(
    `INSERT INTO hotline.calendar_notice
       (kind, title, document, issued_on, address, year, days, sha256, loaded_at, loaded_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id`,
    [
      notice.kind === 'local' ? 'local' : 'national',
      notice.title,
      notice.document,
      notice.publishedOn ?? null,
      notice.address ?? null,
      year,
      JSON.stringify(days),
      act.file,
      act.at,
      act.by,
    ],
  );
  if (added.length > 0) return true;
  const [standing] = await transaction.query<{ document: string; sha256: string }>(
    'SELECT document, sha256 FROM hotline.calendar_notice WHERE document = $1 OR year = $2',
    [notice.document, year],
  );
  if (standing?.document === notice.document && standing.sha256 === act.file) return false;
  throw new Refusal(
    'calendar.invalid',
    standing?.document === notice.document
      ? `${notice.document} 已经载入过,内容与这个文件不同`
      : `${String(year)} 年已有年度安排(${standing?.document ?? '不详'})`,
    { remedy: '若是后来的调整,kind 写 amendment,并写它自己的文号;日历没有任何变动' },
  );
}
