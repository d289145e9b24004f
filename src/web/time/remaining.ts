/** Time until a limit in working days and hours of working days. */
import { dayOf, length, plusDays } from './show.js';

/** Whether a civil day is a working day; undefined if unknown. */
export type WorkingDays = (date: string) => boolean | undefined;

/** Days; longer spans are not counted day by day. */
const mostDays = 400;
const hour = 3_600_000;

/**
 * @param due ISO 8601 @param present milliseconds since 1970
 * @returns for example 剩 1 个工作日, on the last day hours; natural time without working days between, or with an unknown calendar
 */
export function remaining(due: string, present: number, isWorking: WorkingDays): string {
  const end = Date.parse(due);
  const word = end < present ? '已超' : '剩';
  const left = workingTime(Math.min(end, present), Math.max(end, present), isWorking);
  if (left === undefined) return `${word} ${length(end - present)}`;
  if (left < hour) {
    const between = end < present ? '其后是' : '其间是';
    return left === 0 && Math.abs(end - present) >= hour
      ? `${word} ${length(end - present)}（${between}休息日）`
      : `${word} ${length(left)}`;
  }
  const [days, hours] = [Math.floor(left / (24 * hour)), Math.floor((left % (24 * hour)) / hour)];
  if (days > 0) return `${word} ${days} 个工作日`;
  return `${word} ${hours} 小时 ${Math.floor((left % hour) / 60_000)} 分`;
}

/** Milliseconds on working days; undefined if a day is unknown. */
function workingTime(from: number, to: number, isWorking: WorkingDays): number | undefined {
  let left = 0;
  let date = dayOf(from);
  for (let count = 0; count < mostDays; count += 1) {
    const [start, end] = [startOf(date), startOf(plusDays(date, 1))];
    if (start >= to) return left;
    const working = isWorking(date);
    if (working === undefined) return undefined;
    if (working) left += Math.min(end, to) - Math.max(start, from);
    date = plusDays(date, 1);
  }
  return undefined;
}

const startOf = (date: string): number => Date.parse(`${date}T00:00:00+08:00`);
