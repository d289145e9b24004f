/** Instants and days for display, in China's time. */
const millisecondsOfDay = 86_400_000;

const dayBefore = (date: string): string => plusDays(date, -1);

export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * millisecondsOfDay).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisecondsOfDay);

export const weekday = (date: string): string =>
  `周${'日一二三四五六'.charAt(new Date(`${date}T00:00:00Z`).getUTCDay())}`;

/** `2026-12-01T10:30:00+08:00` → 2026-12-01 10:30. */
export const instant = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

/** The civil day in China of an instant in milliseconds. */
export const dayOf = (milliseconds: number): string =>
  new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 10);

/** A limit at 00:00 is shown as 24:00 of the day before, unless it is the start of a day. */
export function limit(iso: string, dueDate?: string): string {
  const date = iso.slice(0, 10);
  return iso.slice(11, 19) === '00:00:00' && dueDate !== date ? `${dayBefore(date)} 24:00` : instant(iso);
}

/**
 * An instant or a limit in a list: 12-08 周二 24:00, with the year only if it is another.
 *
 * @param full as `instant` and `limit` write it @param present milliseconds since 1970
 */
export function short(full: string, present: number): string {
  const [date = '', time = ''] = full.split(' ');
  const day = date.slice(0, 4) === dayOf(present).slice(0, 4) ? date.slice(5) : date;
  return `${day} ${weekday(date)} ${time}`;
}

/** A duration in its two largest units. */
export function length(milliseconds: number): string {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return `${days} 天${hours > 0 ? ` ${hours} 小时` : ''}`;
  return hours > 0 ? `${hours} 小时 ${minutes % 60} 分` : `${minutes} 分`;
}

/** Time since an instant. */
export const ago = (iso: string, present: number): string => {
  const passed = present - Date.parse(iso);
  return passed < 60_000 ? '刚刚' : `${length(passed)}前`;
};
