/** ISO 8601 durations: `P5D`, `PT24H`, `P1M2DT3H`. Whole numbers; seconds may have up to three decimals. */
import { TZDate } from '@date-fns/tz';
import { add } from 'date-fns/add';
import { zone } from '../kernel/civil-date.js';

export interface IsoDuration {
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  /** Hours, minutes and seconds together, in milliseconds. */
  readonly time: number;
  /** True if the text names years, months, weeks or days, even with the value 0. */
  readonly hasDate: boolean;
}

const form =
  /^P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,9})(?:[.,](\d{1,3}))?S)?)?$/;

export function parseIsoDuration(text: string): IsoDuration | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  const fraction = Number((match[8] ?? '').padEnd(3, '0'));
  return {
    years: part(1),
    months: part(2),
    weeks: part(3),
    days: part(4),
    time: ((part(5) * 60 + part(6)) * 60 + part(7)) * 1000 + fraction,
    hasDate: match.slice(1, 5).some((value) => value !== undefined),
  };
}

/**
 * Adds `sign` times the duration to the instant, by the civil calendar of China: a month later is
 * the same day of the next month, or its last day if that day does not exist.
 */
export function addNatural(instant: Date, duration: IsoDuration, sign: 1 | -1 = 1): Date {
  const { years, months, weeks, days, time } = duration;
  const local = new TZDate(instant.getTime(), zone);
  const moved = add(local, {
    years: sign * years,
    months: sign * months,
    weeks: sign * weeks,
    days: sign * days,
  });
  return new Date(moved.getTime() + sign * time);
}
