/** ISO 8601 repeating intervals: `R3/PT1H`, `R/P1D`, `R5/2026-09-01T08:00:00+08:00/P1W`. */
import { addNatural, parseIsoDuration, type IsoDuration } from './iso-duration.js';
import { parseInstant } from '../kernel/instant.js';

export interface Cycle {
  /** How often the timer fires; null for no end. The caller counts the repetitions. */
  readonly repetitions: number | null;
  readonly interval: IsoDuration;
  /** The first occurrence, if the text names one. */
  readonly start?: Date;
  /** The first occurrence after `from`, counted from `start`. */
  nextAfter(start: Date, from: Date): Date;
}

/**
 * @returns undefined if the text is no repeating interval or its interval is zero
 * @throws {Refusal} `calendar.invalid` for a start that does not exist or has no zone
 */
export function parseCycle(text: string): Cycle | undefined {
  const match = /^R(\d{0,6})\/(?:([^/]+)\/)?(P[^/]+)$/.exec(text);
  if (!match) return undefined;
  const [, count = '', start, length = ''] = match;
  const interval = parseIsoDuration(length);
  if (!interval || isNothing(interval)) return undefined;
  return {
    repetitions: count === '' ? null : Number(count),
    interval,
    ...(start === undefined ? {} : { start: parseInstant(start, 'start-of-day') }),
    nextAfter: (first, from) => nextOnGrid(first, interval, from),
  };
}

/**
 * Counts from the first occurrence every time, so that month ends stay month ends: 31 January, 28
 * February, 31 March.
 */
function nextOnGrid(first: Date, interval: IsoDuration, from: Date): Date {
  if (first > from) return first;
  const step = addNatural(first, interval).getTime() - first.getTime();
  const passed = (from.getTime() - first.getTime()) / step;
  // Months and years differ in length by up to a tenth, so start below the estimate and step
  // forward.
  const uneven = interval.years + interval.months > 0;
  let index = Math.max(Math.floor(uneven ? passed * 0.9 : passed) - 1, 0);
  for (;;) {
    const at = addNatural(first, times(interval, index));
    if (at > from) return at;
    index++;
  }
}

function times(interval: IsoDuration, factor: number): IsoDuration {
  return {
    ...interval,
    years: interval.years * factor,
    months: interval.months * factor,
    weeks: interval.weeks * factor,
    days: interval.days * factor,
    time: interval.time * factor,
  };
}

function isNothing({ years, months, weeks, days, time }: IsoDuration): boolean {
  return years + months + weeks + days + time === 0;
}
