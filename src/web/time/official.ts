/** Instants and days in official notation (2026年3月9日 24时), in China's time, from milliseconds. */
import { dayOf } from './show.js';

const inWords = (date: string): string => {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
};

const timeOf = (milliseconds: number): string => {
  const [hour = '', minute = ''] = new Date(milliseconds + 8 * 3_600_000)
    .toISOString()
    .slice(11, 16)
    .split(':');
  return minute === '00' ? `${Number(hour)}时` : `${Number(hour)}时${minute}分`;
};

export const officialDay = (milliseconds: number): string => inWords(dayOf(milliseconds));

export const officialInstant = (milliseconds: number): string =>
  `${officialDay(milliseconds)} ${timeOf(milliseconds)}`;

/** A limit at 00:00 is shown as 24:00 of the day before, unless it is the start of a day. */
export function officialLimit(milliseconds: number, dueDate?: string): string {
  const isMidnight = (milliseconds + 8 * 3_600_000) % 86_400_000 === 0;
  return isMidnight && dueDate !== dayOf(milliseconds)
    ? `${officialDay(milliseconds - 1)} 24时`
    : officialInstant(milliseconds);
}
