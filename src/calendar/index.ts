export { businessHours, type BusinessHours, type BusinessHoursPolicy } from './business-hours.js';
export {
  civilDateOf,
  civilDateOfDay,
  dayNumberOf,
  dayOfInstant,
  dayOfLimit,
  endOfDay,
  isCivilDate,
  lastDayBefore,
  parseCivilDate,
  startOfDay,
  toShanghaiIso,
  weekdayName,
  weekdayOf,
  type CivilDate,
  type DayNumber,
} from './civil-date.js';
export {
  changedDays,
  commonSpan,
  compareSources,
  settledYears,
  type ChangedDay,
  type Comparison,
  type Disagreement,
} from './comparison.js';
export type { CalendarDay, CountedDay, Statement } from './day.js';
export {
  dueAfterWorkingDays,
  dueBeforeWorkingDays,
  mostWorkingDays,
  type Deadline,
  type Edge,
} from './deadline.js';
export { defaultCalendar, shippedSources } from './default-calendar.js';
export { createDueDates, type DueDatesDeps } from './due-dates.js';
export { parseInstant, type PlainDate } from './instant.js';
export { citation, sourceKindNames, type CalendarSource, type SourceDay, type SourceKind } from './source.js';
export { readNotices } from './sources/schedule-file.js';
export type { Due, DueDates, Policies, TimerSpec } from './timer-spec.js';
export {
  createWorkingCalendar,
  type CalendarNumbers,
  type CalendarOptions,
  type WorkingCalendar,
} from './working-calendar.js';
