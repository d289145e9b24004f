/** How long until a limit, in working days where the calendar is known. */
import { length } from './show.js';

export const remaining = (due: string, present: number): string => {
  const left = Date.parse(due) - present;
  return `${left < 0 ? '已超' : '剩'} ${length(left)}`;
};
