import { parseBusinessHours } from './business-hours.js';
import type { WorkingCalendar } from './working-calendar.js';
import type { PolicyValues } from '../kernel/timer-spec.js';

const underHours = new WeakMap<WorkingCalendar, Map<string, WorkingCalendar>>();

/** The calendar with the business hours of policy `businessHours`, if the policy sets any. */
export function underPolicies(calendar: WorkingCalendar, policies: PolicyValues): WorkingCalendar {
  const text = policies.value('businessHours') ?? 'none';
  if (text === 'none') return calendar;
  const known = underHours.get(calendar) ?? new Map<string, WorkingCalendar>();
  const made = known.get(text) ?? { ...calendar, businessHours: parseBusinessHours(text) };
  underHours.set(calendar, known.set(text, made));
  return made;
}
