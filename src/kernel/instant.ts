/** Parses instants. A time of day without a zone is refused as ambiguous. */
import { Refusal } from './refusal.js';
import { isCivilDate, dayNumberOf, endOfDay, startOfDay } from './civil-date.js';

const dateTime = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?$/;

/** The instant that a date without a time of day means. */
export type PlainDate = 'start-of-day' | 'end-of-day';

/**
 * @param text ISO 8601 with zone (`2026-09-29T10:30:00+08:00`, `…Z`), or a date in Asia/Shanghai.
 * Fractions of a millisecond are cut off.
 * @throws {Refusal} `calendar.invalid` for a day or time that does not exist, or a time without a
 * zone
 */
export function parseInstant(text: string, plainDate: PlainDate): Date {
  if (isCivilDate(text)) {
    const day = dayNumberOf(text);
    return plainDate === 'start-of-day' ? startOfDay(day) : endOfDay(day);
  }
  const match = dateTime.exec(text);
  if (!match) {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) throw notExisting(text);
    throw new Refusal('calendar.invalid', `“${text}”不是日期或时刻`, { remedy });
  }
  const [, date = '', hours = '', minutes = '', seconds = '00', fraction = '0', offset] = match;
  if (!isCivilDate(date)) throw notExisting(date);
  if (offset === undefined) {
    throw new Refusal('calendar.invalid', `“${text}”没有写明时区，无法确定是哪一刻`, { remedy });
  }
  const outOfRange = Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59;
  const [zoneHours = 0, zoneMinutes = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number);
  if (outOfRange || zoneHours > 14 || zoneMinutes > 59) {
    throw new Refusal('calendar.invalid', `“${text}”里的时、分、秒或时区不存在`, { remedy });
  }
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  return new Date(`${date}T${hours}:${minutes}:${seconds}.${milliseconds}${offset}`);
}

const remedy = '写成带时区的时刻，例如 2026-09-29T10:30:00+08:00；或只写日期，例如 2026-09-29';

function notExisting(date: string): Refusal {
  return new Refusal('calendar.invalid', `没有“${date}”这一天`, { remedy: '核对年、月、日' });
}
