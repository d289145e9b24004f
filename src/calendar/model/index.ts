/** The part of the calendar that runs in a browser, too: counting days, and due dates. Nothing of Node. */
export { calendarOfDays, type CalendarDays } from '../days.js';
export { dayNumberOf, startOfDay, toShanghaiIso, type CivilDate } from '../civil-date.js';
export { createDueDates } from '../due-dates.js';
export type { DueDates, TimerSpec } from '../timer-spec.js';
