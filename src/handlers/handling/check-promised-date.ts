import { civilDateOf, dayNumberOf, isCivilDate, type CivilDate } from '../../calendar/index.js';
import type { Handler, PolicyValues } from '../../engine/index.js';
import { wholeDaysOf } from '../policies.js';
import { textOf } from '../variables.js';

/** The calendar ends with the year after: cards and supervision after the limit must be countable, too. */
const latest = '2098-12-31';

/**
 * The promised date is a definite day that has not passed (`promisedDate`, YYYY-MM-DD,
 * Asia/Shanghai, the last day to act). Error `date-invalid` otherwise. Writes `beyondCeiling` for a promise that is
 * longer than the policy `promiseCeiling`.
 */
export const checkPromisedDate: Handler = ({ variables, now, policies }) => {
  const date = textOf(variables, 'promisedDate');
  if (date === undefined || !isCivilDate(date)) return { error: 'date-invalid' };
  const today = civilDateOf(now);
  if (date < today || date > latest) return { error: 'date-invalid' };
  const isPromise = textOf(variables, 'branch') === 'promised-date';
  return { variables: isPromise && isBeyond(date, today, policies) ? { beyondCeiling: true } : {} };
};

function isBeyond(date: CivilDate, today: CivilDate, policies: PolicyValues): boolean {
  const most = wholeDaysOf(policies.value('promiseCeiling'));
  return most !== undefined && dayNumberOf(date) - dayNumberOf(today) > most;
}
