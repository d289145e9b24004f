/** Converts civil days, both ends included, to instants. */
import { dayNumberOf, endOfDay, parseCivilDate, startOfDay } from '../../kernel/civil-date.js';
import { Refusal } from '../../kernel/index.js';

/** @throws {Refusal} `calendar.invalid` for an invalid day, `input.invalid` for a period that ends before it begins */
export function periodOf(
  from: string | undefined,
  to: string | undefined,
): { readonly from?: Date; readonly until?: Date } {
  const first = from === undefined ? undefined : dayNumberOf(parseCivilDate(from, 'from'));
  const last = to === undefined ? undefined : dayNumberOf(parseCivilDate(to, 'to'));
  if (first !== undefined && last !== undefined && last < first)
    throw new Refusal('input.invalid', `时期的末日 ${to ?? ''} 早于首日 ${from ?? ''}`, {
      remedy: '首日在前',
    });
  return {
    ...(first === undefined ? {} : { from: startOfDay(first) }),
    ...(last === undefined ? {} : { until: endOfDay(last) }),
  };
}
