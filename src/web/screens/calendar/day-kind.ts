import type { Output } from '../../api/client.js';

export type Day = Output<'readCalendarDays'>['days'][number];

/** What a day looks like: an ordinary working day, a weekend, a named day off, or a weekend that is worked. */
export function kindOf(day: Day): 'work' | 'off' | 'holiday' | 'makeup' {
  const weekend = day.weekday >= 6;
  if (day.working) return weekend ? 'makeup' : 'work';
  return weekend && day.source.name === null ? 'off' : 'holiday';
}

/** One character that says the same without colour. */
export const markOf = { work: '', off: '', holiday: '假', makeup: '班' } as const;
