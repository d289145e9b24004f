/**
 * A second opinion that shares no code with the calendar: it walks day by day over plain UTC days,
 * using the raw data.
 */
export interface RawDays {
  readonly [date: string]: { readonly off: boolean } | undefined;
}

const millisecondsPerDay = 86_400_000;

export function isWorkday(raw: RawDays, date: string): boolean {
  const entry = raw[date];
  if (entry) return !entry.off;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

export function nextDate(date: string, step = 1): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + step * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The n-th workday after the date (before it for a negative n); for 0 the date or the next workday. */
export function walk(raw: RawDays, from: string, n: number): string {
  if (n === 0) {
    let date = from;
    while (!isWorkday(raw, date)) date = nextDate(date);
    return date;
  }
  const step = Math.sign(n);
  let date = from;
  for (let left = Math.abs(n); left > 0;) {
    date = nextDate(date, step);
    if (isWorkday(raw, date)) left--;
  }
  return date;
}

export function count(raw: RawDays, after: string, upTo: string): number {
  let total = 0;
  for (let date = after; date < upTo;) {
    date = nextDate(date);
    if (isWorkday(raw, date)) total++;
  }
  return total;
}
