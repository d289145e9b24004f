/** The period of assessment: a calendar month in Asia/Shanghai, written `2026-10`. */
import {
  civilDateOf,
  dayNumberOf,
  lastDayBefore,
  parseCivilDate,
  startOfDay,
} from '../../kernel/civil-date.js';
import { Refusal } from '../../kernel/index.js';

/** An existing month, `YYYY-MM`. */
export type Period = string & { readonly __period: unique symbol };

/** @throws {Refusal} `assessment.invalid` unless a month between 2000 and 2099 */
export function parsePeriod(text: string, where = 'period'): Period {
  if (isPeriod(text)) return text;
  throw new Refusal('assessment.invalid', `“${text.slice(0, 40)}”不是考核周期`, {
    where,
    remedy: '写成“年-月”，例如 2026-10',
  });
}

const isPeriod = (text: string): text is Period => /^20\d{2}-(0[1-9]|1[0-2])$/.test(text);

const monthOf = (day: string): Period => day.slice(0, 7) as Period;

/** Month of an act: 00:00 of the first belongs to the new month. */
export const periodOfAct = (at: Date): Period => monthOf(civilDateOf(at));

/** Month of a passed limit: 24:00 of the last day belongs to that day. */
export const periodOfLimit = (at: Date): Period => monthOf(lastDayBefore(at));

export const startOfPeriod = (period: Period): Date =>
  startOfDay(dayNumberOf(parseCivilDate(`${period}-01`)));

/** 24:00 of its last day, which is the next month's 00:00. */
export const endOfPeriod = (period: Period): Date => startOfPeriod(nextPeriod(period));

export function nextPeriod(period: Period, months = 1): Period {
  const [year = 0, month = 0] = period.split('-').map(Number);
  const count = year * 12 + (month - 1) + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}` as Period;
}

/** Both included. */
export function periodsBetween(first: Period, last: Period): Period[] {
  const periods: Period[] = [];
  for (let period = first; period <= last; period = nextPeriod(period)) periods.push(period);
  return periods;
}
