/** The answer of `calendar due`, as data and in words. */
import {
  countingRule,
  dueAfterWorkingDays,
  parseInstant,
  toShanghaiIso,
  type CountedDay,
  type WorkingCalendar,
} from '../calendar/index.js';
import { Refusal } from '../kernel/index.js';

export interface DueAnswer {
  /** As it was asked. */
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
 * @param start an instant with zone, or a plain date: the first day is not counted, so its time of day is no matter
 * @throws {Refusal} `calendar.invalid` for a start or a count that makes no sense
 */
export function answerDue(calendar: WorkingCalendar, start: string, workingDays: number): DueAnswer {
  const from = parseInstant(start, 'start-of-day');
  const { due, dueDate, provisional, days } = dueAfterWorkingDays(calendar, from, workingDays);
  return { start, workingDays, due: toShanghaiIso(due), dueDate, provisional, days };
}

/** @throws {Refusal} `calendar.invalid` */
export function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Refusal('calendar.invalid', `工作日数“${text}”不对`, { remedy: '写 0 到 3660 之间的整数' });
}

export function dueAsJson(answer: DueAnswer): string {
  return JSON.stringify({ ...answer, rule: countingRule });
}

export function dueInWords({ start, workingDays, due, dueDate, provisional, days }: DueAnswer): string {
  let count = 0;
  return [
    `自 ${start} 起 ${workingDays} 个工作日:`,
    ...days.map(({ date, counted, why }) => `  ${date}  ${counted ? `第 ${++count} 日` : '不计'}  ${why}`),
    `期限至 ${dueDate} 24:00(${due})`,
    `算法依据:${countingRule}`,
    ...(provisional ? ['暂定:其间有的日子尚无国务院放假安排,公布后须重算'] : []),
  ].join('\n');
}
