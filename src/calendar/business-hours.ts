/**
 * Business hours are a policy. Without one, days end at 24:00 and hours run day and night, because
 * the hotline works round the clock. By the Civil Code the last day ends at the close of business,
 * where there are business hours.
 */
import { Refusal } from '../kernel/refusal.js';

export interface BusinessHours {
  /** Milliseconds since 00:00 in Asia/Shanghai; ascending, not overlapping. */
  readonly periods: readonly { readonly opens: number; readonly closes: number }[];
  readonly closes: number;
  /** When a working day ends for a deadline counted in days. */
  readonly dayEnds: 'midnight' | 'close';
  /** How hours and minutes of a limit in working days are counted. */
  readonly hours: 'natural' | 'business';
}

const shape = /^([^;]+);\s*end=(midnight|close);\s*hours=(natural|business)$/;
const example = '09:00-12:00 13:30-17:30; end=close; hours=business';

/**
 * @param text `none`, or periods and two choices: `09:00-12:00 13:30-17:30; end=close; hours=business`
 * @returns undefined for `none`
 * @throws {Refusal} `calendar.invalid` for another shape, a time that does not exist, or periods that overlap
 */
export function parseBusinessHours(text: string): BusinessHours | undefined {
  if (text === 'none') return undefined;
  const [, times = '', end, hours] = shape.exec(text) ?? [];
  if (end === undefined) {
    throw new Refusal('calendar.invalid', `“${text}”不是办公时间`, {
      remedy: `写 none，或者写成 ${example}:end 写 midnight（24:00）或 close（停止办公时），hours 写 natural 或 business`,
    });
  }
  const periods = times
    .trim()
    .split(/\s+/)
    .map((period) => {
      const [opens = '', closes = ''] = period.split('-');
      return { opens: timeOfDay(opens), closes: timeOfDay(closes) };
    });
  const inOrder = periods.every(({ opens, closes }, index) => {
    const before = periods[index - 1];
    return opens < closes && (before === undefined || before.closes <= opens);
  });
  if (!inOrder) {
    throw new Refusal('calendar.invalid', '办公时段须先后有序、互不重叠，且开始早于结束', {
      remedy: `例如 ${example}`,
    });
  }
  return {
    periods,
    closes: periods.at(-1)?.closes ?? 0,
    dayEnds: end === 'close' ? 'close' : 'midnight',
    hours: hours === 'business' ? 'business' : 'natural',
  };
}

function timeOfDay(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^(24):(00)$/.exec(text);
  if (!match) {
    throw new Refusal('calendar.invalid', `办公时段里的“${text}”不是时刻`, {
      remedy: '写成“时：分”，例如 09:00',
    });
  }
  return (Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4])) * 60_000;
}
