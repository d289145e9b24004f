/** Sums for maps and hot spots by district and class: one row per week, one column per weekday. */
import { civilDateOfDay, dayNumberOf, weekdayOf, type CivilDate } from '../../../kernel/civil-date.js';
import type { Transaction } from '../../../platform/database/index.js';

export interface MatterCell {
  readonly district: string;
  readonly area: string;
  readonly class: string;
  readonly sheets: number;
  readonly repeated: number;
}

interface WeekDay {
  readonly monday: CivilDate;
  /** 1 to 7. */
  readonly weekday: number;
}

function inWeek(date: CivilDate): WeekDay {
  const day = dayNumberOf(date);
  const weekday = weekdayOf(day);
  return { monday: civilDateOfDay(day - weekday + 1), weekday };
}

/** Inlined literals: a generic plan underestimates the rows (hot spots: 93 ms instead of 67). */
const literal = (date: CivilDate): string => `DATE '${date}'`;

/** Sum of the weekday columns `first` to `last`, inclusive. */
const ofWeekdays = (column: 'sheets' | 'repeated', first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, more) => `${column}_${first + more}`).join(' + ') || '0';

/** @param level by area (`class` is then the area) or by class; days inclusive */
export function matterCells(
  transaction: Transaction,
  { from, to, level }: { readonly from: CivilDate; readonly to: CivilDate; readonly level: 'area' | 'class' },
): Promise<MatterCell[]> {
  const [first, last] = [inWeek(from), inWeek(to)];
  const within = (column: 'sheets' | 'repeated'): string =>
    first.monday === last.monday
      ? ofWeekdays(column, first.weekday, last.weekday)
      : `CASE week WHEN ${literal(first.monday)} THEN ${ofWeekdays(column, first.weekday, 7)}
                   WHEN ${literal(last.monday)} THEN ${ofWeekdays(column, 1, last.weekday)} ELSE ${ofWeekdays(column, 1, 7)} END`;
  return transaction.query<MatterCell>(
    `SELECT district, area, class, sum(sheets)::integer AS sheets, sum(repeated)::integer AS repeated
       FROM (SELECT district, area, ${level} AS class, ${within('sheets')} AS sheets, ${within('repeated')} AS repeated
               FROM matter_week WHERE week BETWEEN ${literal(first.monday)} AND ${literal(last.monday)}) inside
      GROUP BY 1, 2, 3 HAVING sum(sheets) > 0 ORDER BY 1, 2, 3`,
  );
}

export interface WeekCount extends Pick<MatterCell, 'district' | 'area' | 'class'> {
  /** Sheets per seven days, latest first. */
  readonly weeks: readonly number[];
}

/**
 * Districts and classes with at least `least` sheets in the last seven days. A class moved to
 * another area counts as the same.
 *
 * @param today last of the seven days; `weeks`: number of earlier weeks
 */
export function weekCounts(
  transaction: Transaction,
  today: CivilDate,
  { weeks, least }: { readonly weeks: number; readonly least: number },
): Promise<WeekCount[]> {
  const { monday, weekday } = inWeek(today);
  // Seven days span this week's row up to the weekday and the previous row after it.
  const sevenDays = (back: number): string =>
    `coalesce(sum(CASE back WHEN ${back} THEN upto WHEN ${back + 1} THEN beyond END), 0)`;
  const sums = Array.from({ length: weeks + 1 }, (_, back) => sevenDays(back));
  // OFFSET 0: computes each row's sums once instead of once per aggregate.
  return transaction.query<WeekCount>(
    `SELECT district, max(area COLLATE "C") FILTER (WHERE back < 2) AS area, class, ARRAY[${sums.join(', ')}]::integer[] AS weeks
       FROM (SELECT district, area, class, (${literal(monday)} - week) / 7 AS back,
                    ${ofWeekdays('sheets', 1, weekday)} AS upto, ${ofWeekdays('sheets', weekday + 1, 7)} AS beyond
               FROM matter_week
              WHERE week BETWEEN ${literal(monday)} - ${7 * (weeks + 1)} AND ${literal(monday)} OFFSET 0) rows
      GROUP BY district, class HAVING ${sevenDays(0)} >= $1`,
    [least],
  );
}
