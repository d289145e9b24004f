import { civilDateOf, isCivilDate } from '../../calendar/index.js';
import type { Handler } from '../../engine/index.js';
import { textOf } from '../variables.js';

/**
 * The promised date is a definite day that has not passed (`promisedDate`, YYYY-MM-DD,
 * Asia/Shanghai, the last day to act). Error `date-invalid` otherwise.
 */
export const checkPromisedDate: Handler = ({ variables, now }) => {
  const date = textOf(variables, 'promisedDate');
  const definite = date !== undefined && isCivilDate(date) && date >= civilDateOf(now);
  return definite ? { variables: {} } : { error: 'date-invalid' };
};
