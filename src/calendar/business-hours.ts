/**
 * Business hours, a policy. Without one a day ends at 24:00 and hours run day and night (Article 21 has the
 * hotline itself work round the clock). Article 203 of the Civil Code knows the other way: where there are
 * business hours, the last day ends when business closes.
 */
import { Refusal } from '../kernel/index.js';

export interface BusinessHoursPolicy {
  /** Times of day in Asia/Shanghai, `HH:MM`, in order and apart: 09:00–12:00, 13:30–17:30. */
  readonly periods: readonly { readonly opens: string; readonly closes: string }[];
  /** When a working day ends for a deadline counted in days. */
  readonly dayEnds: 'midnight' | 'close';
  /** How hours and minutes of a limit in working days are counted. */
  readonly hours: 'natural' | 'business';
}

export interface BusinessHours {
  readonly policy: BusinessHoursPolicy;
  /** Milliseconds since 00:00, in order. */
  readonly periods: readonly { readonly opens: number; readonly closes: number }[];
  readonly closes: number;
}

/** @throws {Refusal} `calendar.invalid` for a time that does not exist, no period, or periods that overlap */
export function businessHours(policy: BusinessHoursPolicy): BusinessHours {
  const periods = policy.periods.map(({ opens, closes }) => ({
    opens: timeOfDay(opens),
    closes: timeOfDay(closes),
  }));
  const inOrder = periods.every(({ opens, closes }, index) => {
    const before = periods[index - 1];
    return opens < closes && (before === undefined || before.closes <= opens);
  });
  const last = periods.at(-1);
  if (!inOrder || !last) {
    throw new Refusal('calendar.invalid', '办公时段须至少一段,先后有序、互不重叠,且开始早于结束', {
      remedy: '例如 09:00—12:00、13:30—17:30',
    });
  }
  return { policy, periods, closes: last.closes };
}

function timeOfDay(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$|^(24):(00)$/.exec(text);
  if (!match) {
    throw new Refusal('calendar.invalid', `办公时段里的“${text}”不是时刻`, {
      remedy: '写成“时:分”,例如 09:00',
    });
  }
  return (Number(match[1] ?? match[3]) * 60 + Number(match[2] ?? match[4])) * 60_000;
}
