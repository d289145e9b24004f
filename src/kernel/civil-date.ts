/**
 * Civil dates and instants. A civil date is a day in China (Asia/Shanghai), whatever zone the server runs in;
 * an instant is a `Date`. Inside the calendar a day is a number: days since 1970-01-01.
 */
import { tzOffset } from '@date-fns/tz';
import { Refusal } from './refusal.js';

export const zone = 'Asia/Shanghai';

/** An existing day, `YYYY-MM-DD`, in Asia/Shanghai. */
export type CivilDate = string & { readonly __civilDate: unique symbol };

/** Days since 1970-01-01. */
export type DayNumber = number;

const millisecondsPerDay = 86_400_000;
const beijingOffset = 8 * 3_600_000;

/** China last had summer time in 1991; asking the zone data for every instant is slow. */
const constantSince = Date.UTC(1992, 0, 1);

function offsetAt(instant: number): number {
  return instant >= constantSince ? beijingOffset : tzOffset(zone, new Date(instant)) * 60_000;
}

/**
 * @param text `YYYY-MM-DD`
 * @throws {Refusal} `calendar.invalid` for another shape or a day that does not exist
 */
export function parseCivilDate(text: string, where?: string): CivilDate {
  if (isCivilDate(text)) return text;
  const shaped = /^\d{4}-\d{2}-\d{2}$/.test(text);
  throw new Refusal('calendar.invalid', shaped ? `没有“${text}”这一天` : `“${text}”不是日期`, {
    remedy: '日期写成“年-月-日”，例如 2026-10-01',
    ...(where === undefined ? {} : { where }),
  });
}

export function isCivilDate(text: string): text is CivilDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

export function dayNumberOf(date: CivilDate): DayNumber {
  return Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay;
}

export function civilDateOfDay(day: DayNumber): CivilDate {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10) as CivilDate;
}

export function yearOf(date: CivilDate): number {
  return Number(date.slice(0, 4));
}

/** 1 (Monday) to 7 (Sunday). */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

const weekdayNames = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

export function weekdayName(day: DayNumber): string {
  return weekdayNames[weekdayOf(day) - 1] ?? '';
}

/** The day in China that contains the instant; 00:00 belongs to the day that begins. */
export function dayOfInstant(instant: Date): DayNumber {
  const time = instant.getTime();
  return Math.floor((time + offsetAt(time)) / millisecondsPerDay);
}

export function civilDateOf(instant: Date): CivilDate {
  return civilDateOfDay(dayOfInstant(instant));
}

/** 00:00:00.000 in China. */
export function isMidnight(instant: Date): boolean {
  const time = instant.getTime();
  return (time + offsetAt(time)) % millisecondsPerDay === 0;
}

/** The day a limit belongs to: a limit at 00:00 is 24:00 of the day before. */
export function dayOfLimit(limit: Date): DayNumber {
  return isMidnight(limit) ? dayOfInstant(limit) - 1 : dayOfInstant(limit);
}

/** The last day to act before a limit: for 00:00 of 1 May it is 30 April. */
export function lastDayBefore(limit: Date): CivilDate {
  return civilDateOfDay(dayOfLimit(limit));
}

/** 00:00 of the day in China, as an instant. */
export function startOfDay(day: DayNumber): Date {
  const local = day * millisecondsPerDay;
  // On a day of the summer-time years the offset at the guess equals that at midnight, because
  // changes came later.
  return new Date(local - offsetAt(local - beijingOffset));
}

/** 24:00 of the day in China, which is the next day's 00:00. */
export function endOfDay(day: DayNumber): Date {
  return startOfDay(day + 1);
}

/** Noon of the day, for arithmetic that keeps the time of day. */
export function noonOf(day: DayNumber): Date {
  return new Date(startOfDay(day).getTime() + millisecondsPerDay / 2);
}

/** `2026-03-02 10:00:00`, in China. */
export const instantInWords = (at: Date): string => toShanghaiIso(at).slice(0, 19).replace('T', ' ');

/** `2026-03-02 10:00`, in China. */
export const minuteInWords = (at: Date): string => instantInWords(at).slice(0, 16);

/** A limit: the end of a day is `2026-03-09 24:00`. */
export const limitInWords = (limit: Date): string =>
  isMidnight(limit) ? `${lastDayBefore(limit)} 24:00` : minuteInWords(limit);

/** ISO 8601 with +08:00 and milliseconds only if not zero: `2019-05-01T00:00:00+08:00`. */
export function toShanghaiIso(instant: Date): string {
  const time = instant.getTime();
  const offset = offsetAt(time);
  const minutes = Math.floor(offset / 60_000);
  const local = new Date(time + offset).toISOString().slice(0, -1).replace('.000', '');
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local}+${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
