/** What `hotline calendar due` and the API answer: when a limit in working days ends, and why. */
import type { Law } from '../kernel/law.js';
import { Refusal } from '../kernel/refusal.js';
import { toShanghaiIso } from '../kernel/civil-date.js';
import type { CountedDay } from './day.js';
import { countingRule, dueAfterWorkingDays } from './deadline.js';
import { parseInstant } from '../kernel/instant.js';
import type { WorkingCalendar } from './working-calendar.js';

export interface DueAnswer {
  /** The start as the caller gave it. */
  readonly start: string;
  readonly workingDays: number;
  /** ISO 8601 with +08:00; the end of a day is the next day's 00:00. */
  readonly due: string;
  /** The last day to act. */
  readonly dueDate: string;
  readonly provisional: boolean;
  readonly days: readonly CountedDay[];
}

/**
 * @param start an instant with zone, or a plain date (the first day is not counted, so the time of day is irrelevant)
 * @throws {Refusal} `calendar.invalid`
 */
export function answerDue(calendar: WorkingCalendar, start: string, workingDays: number): DueAnswer {
  const from = parseInstant(start, 'start-of-day');
  const { due, dueDate, provisional, days } = dueAfterWorkingDays(calendar, from, workingDays);
  return { start, workingDays, due: toShanghaiIso(due), dueDate, provisional, days };
}

/** @throws {Refusal} `calendar.invalid` */
export function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Refusal('calendar.invalid', `工作日数“${text.slice(0, 40)}”不对`, {
    remedy: '写 0 到 3660 之间的整数',
  });
}

export const dueAsJson = (answer: DueAnswer, law: Law) => ({
  ...answer,
  days: [...answer.days],
  rule: countingRule(law),
});
