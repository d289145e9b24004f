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
 * Of the places and kinds of which the last seven days hold `least` sheets at least: only of these are the weeks
 * before looked up, by index.
 *
 * @param today the last of the first seven days; `weeks` so many besides
 */
export function weekCounts(
  transaction: Transaction,
  today: string,
  { weeks, least }: { readonly weeks: number; readonly least: number },
): Promise<WeekCount[]> {
  const between = (first: number, behind: number): string =>
    `day <= $1::date - ${7 * first} AND day > $1::date - ${7 * behind}`;
  const sums = Array.from(
    { length: weeks + 1 },
    (_, back) => `coalesce(sum(sheets) FILTER (WHERE ${between(back, back + 1)}), 0)`,
  );
  return transaction.query<WeekCount>(
    `SELECT now.district, now.area, now.class, each.weeks
       FROM (SELECT district, area, class FROM hotline.matter_day WHERE ${between(0, 1)}
              GROUP BY 1, 2, 3 HAVING sum(sheets) >= $2) now
      CROSS JOIN LATERAL (
        SELECT ARRAY[${sums.join(', ')}]::integer[] AS weeks FROM hotline.matter_day m
         WHERE m.class = now.class AND m.district = now.district AND m.area = now.area
           AND ${between(0, weeks + 1)}) each`,
    [today, least],
  );
}
