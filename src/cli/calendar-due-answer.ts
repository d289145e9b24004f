/** A due date in words. */
import { countingRule, type DueAnswer } from '../calendar/index.js';
import type { Law } from '../kernel/law.js';

export function dueInWords(
  { start, workingDays, due, dueDate, provisional, days }: DueAnswer,
  law: Law,
): string {
  let count = 0;
  return [
    `自 ${start} 起 ${workingDays} 个工作日:`,
    ...days.map(({ date, counted, why }) => `  ${date}  ${counted ? `第 ${++count} 日` : '不计'}  ${why}`),
    `期限至 ${dueDate} 24:00(${due})`,
    `算法依据:${countingRule(law)}`,
    ...(provisional ? ['暂定:其间有的日子尚无国务院放假安排,公布后须重算'] : []),
  ].join('\n');
}
