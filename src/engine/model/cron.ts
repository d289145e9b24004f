/** Recognises cron texts of other engines (Quartz, Unix) and translates them to ISO 8601 where that is equivalent. */

const field = String.raw`[\d*?/,LW#A-Za-z-]+`;
const shape = new RegExp(`^${field}(\\s+${field}){4,6}$`);

export const isCron = (text: string): boolean => shape.test(text) && !/^[RP]/.test(text);

/** The equivalent cycle; undefined if ISO 8601 has none. Any day of 2026 serves as its start. */
export function cycleOfCron(text: string): string | undefined {
  const fields = text.trim().split(/\s+/);
  const [second = '0', minute = '', hour = '', day = '', month = '', weekday = ''] =
    fields.length === 5 ? ['0', ...fields] : fields;
  const isAny = (value: string): boolean => value === '*' || value === '?';
  const every = /^(?:\*|0)\/(\d+)$/;
  if (!isAny(month)) return undefined;
  if (isAny(day) && isAny(weekday)) {
    if (every.test(second) && isAny(minute) && isAny(hour)) return `R/PT${every.exec(second)?.[1] ?? ''}S`;
    if (every.test(minute) && isAny(hour)) return `R/PT${every.exec(minute)?.[1] ?? ''}M`;
    if (every.test(hour) && isNumber(minute)) return `R/PT${every.exec(hour)?.[1] ?? ''}H`;
  }
  if (![second, minute, hour].every(isNumber)) return undefined;
  const time = [hour, minute, second].map((part) => part.padStart(2, '0')).join(':');
  const from = (date: number, length: string): string =>
    `R/2026-01-${String(date).padStart(2, '0')}T${time}+08:00/${length}`;
  if (isAny(day) && isAny(weekday)) return from(1, 'P1D');
  if (isNumber(day) && isAny(weekday)) return from(Number(day), 'P1M');
  const named = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'].indexOf(weekday.toUpperCase());
  // 2026-01-04 is a Sunday.
  return isAny(day) && named >= 0 ? from(4 + named, 'P7D') : undefined;
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);
