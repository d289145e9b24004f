/** The map of requests and of repeated matters: sums by place and kind, as they are kept day by day. */
import type { Transaction } from '../../persistence/index.js';

export interface MatterCell {
  readonly district: string;
  readonly area: string;
  readonly class: string;
  readonly sheets: number;
  readonly repeated: number;
}

/** @param level by the first level of the kinds (`class` is then the area) or by the kinds themselves; days included, `YYYY-MM-DD` */
export const matterCells = (
  transaction: Transaction,
  { from, to, level }: { readonly from: string; readonly to: string; readonly level: 'area' | 'class' },
): Promise<MatterCell[]> =>
  transaction.query<MatterCell>(
    `SELECT district, area, ${level} AS class, sum(sheets)::integer AS sheets, sum(repeated)::integer AS repeated
       FROM hotline.matter_day WHERE day BETWEEN $1::date AND $2::date
      GROUP BY 1, 2, 3 HAVING sum(sheets) > 0 ORDER BY 1, 2, 3`,
    [from, to],
  );

export interface WeekCount extends Pick<MatterCell, 'district' | 'area' | 'class'> {
  /** Sheets of each seven days, those that end with the given day first. */
  readonly weeks: readonly number[];
}

/** @param today the last of the first seven days; `weeks` so many besides */
export async function weekCounts(
  transaction: Transaction,
  today: string,
  weeks: number,
): Promise<WeekCount[]> {
  const rows = await transaction.query<Omit<WeekCount, 'weeks'> & { week: number; sheets: number }>(
    `SELECT district, area, class, ($1::date - day) / 7 AS week, sum(sheets)::integer AS sheets
       FROM hotline.matter_day WHERE day <= $1::date AND day > $1::date - 7 * ($2::integer + 1)
      GROUP BY 1, 2, 3, 4`,
    [today, weeks],
  );
  const found = new Map<string, WeekCount & { weeks: number[] }>();
  for (const { week, sheets, ...cell } of rows) {
    const key = `${cell.district}\n${cell.class}`;
    const known = found.get(key) ?? { ...cell, weeks: Array.from({ length: weeks + 1 }, () => 0) };
    known.weeks[week] = sheets;
    found.set(key, known);
  }
  return [...found.values()];
}

/** The earliest day of which anything is counted. */
export async function countedSince(transaction: Transaction): Promise<Date | null> {
  const [row] = await transaction.query<{ since: Date | null }>('SELECT since FROM hotline.matter_cursor');
  return row?.since ?? null;
}
