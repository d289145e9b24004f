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

/**
 * Of the places and kinds of which the last seven days hold `least` sheets at least: a tenth of all, so that not every
 * sum of nine weeks is handed over.
 *
 * @param today the last of the first seven days; `weeks` so many besides
 */
export function weekCounts(
  transaction: Transaction,
  today: string,
  { weeks, least }: { readonly weeks: number; readonly least: number },
): Promise<WeekCount[]> {
  const inWeek = (back: number): string =>
    `coalesce(sum(sheets) FILTER (WHERE day <= $1::date - ${7 * back} AND day > $1::date - ${7 * (back + 1)}), 0)`;
  const all = Array.from({ length: weeks + 1 }, (_, back) => inWeek(back));
  return transaction.query<WeekCount>(
    `SELECT district, area, class, ARRAY[${all.join(', ')}]::integer[] AS weeks
       FROM hotline.matter_day WHERE day <= $1::date AND day > $1::date - ${7 * (weeks + 1)}
      GROUP BY 1, 2, 3 HAVING ${inWeek(0)} >= $2`,
    [today, least],
  );
}

/** The earliest day of which anything is counted. */
export async function countedSince(transaction: Transaction): Promise<Date | null> {
  const [row] = await transaction.query<{ since: Date | null }>('SELECT since FROM hotline.matter_cursor');
  return row?.since ?? null;
}
