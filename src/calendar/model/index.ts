/** The part of the calendar that also runs in a browser: counting days, due dates. */
export { calendarOfDays, type CalendarDays } from '../days.js';
export {
  dayNumberOf,
  limitInWords,
  startOfDay,
  toShanghaiIso,
  type CivilDate,
} from '../../kernel/civil-date.js';
export { createDueDates } from '../due-dates.js';
