export { parseBusinessHours } from './business-hours.js';
export { changedDays, commonSpan, compareSources, settledYears } from './comparison.js';
export { comparisonAsJson, comparisonSince, dayAsJson } from './day-answer.js';
export { answerDue, dueAsJson, parseCount, type DueAnswer } from './due-answer.js';
export type { CalendarDay, Statement } from './day.js';
export { countingRule, dueAfterWorkingDays } from './deadline.js';
export { defaultCalendar, shippedSources } from './default-calendar.js';
export { daysOf } from './days.js';
export { createDueDates, readDerivation } from './due-dates.js';
export { createCalendarKeeper, type CalendarKeeper } from './store/calendar-keeper.js';
export {
  findLoadedNotice,
  loadNotice,
  lockCalendar,
  noticeRow,
  noticeTable,
  type Notice,
} from './store/notice-store.js';
export {
  addProgress,
  addRecomputation,
  findRecomputation,
  finishRecomputation,
  listRecomputations,
  setCases,
  type Recomputation,
  type RecomputationCounts,
} from './store/recomputation-store.js';
export { explain } from './explanation.js';
export { citation, sourceKindNames, type CalendarSource } from './source.js';
export { readNotices } from './sources/schedule-file.js';
export { createWorkingCalendar } from './create-calendar.js';
export type { WorkingCalendar } from './working-calendar.js';
export { timeOnWorkingDays } from './working-time.js';
