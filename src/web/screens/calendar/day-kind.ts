import type { Output } from '../../api/client.js';

export type Day = Output<'readCalendarDays'>['days'][number];

/** Working day, weekend, named day off, or make-up workday. */
export function kindOf(day: Day): 'work' | 'off' | 'holiday' | 'makeup' {
  const weekend = day.weekday >= 6;
  if (day.working) return weekend ? 'makeup' : 'work';
  return weekend && day.source.name === null ? 'off' : 'holiday';
}

/** One character, so that the calendar does not depend on colour. */
export const markOf = { work: '', off: '', holiday: '假', makeup: '班' } as const;
