import { civilDateOf, dayNumberOf, isCivilDate, type CivilDate } from '../../kernel/civil-date.js';
import { aTruth, type HandlerResult } from '../../engine/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import { wholeDaysOf } from '../policies.js';
import { listOf, textOf } from '../variables.js';
import { declares } from '../declares.js';
import type { PolicyValues } from '../../kernel/timer-spec.js';

/** The calendar ends with the year after, because cards and supervision after the limit must be countable, too. */
const latest = '2098-12-31';

const produces = { writes: { beyondCeiling: aTruth, basisUnlisted: aTruth }, errors: ['date-invalid'] };

/**
 * Checks the promised date (`promisedDate`, YYYY-MM-DD, Asia/Shanghai, the last day to act): it
 * must be a definite day that has not passed, and not later than the limit of the cited legal
 * basis. Error `date-invalid` otherwise. Writes `beyondCeiling` if the promise exceeds the policy
 * `promiseCeiling`, and `basisUnlisted` for a legal basis that the package does not list; the
 * reviewer judges it.
 */
export const checkPromisedDate = declares(produces, ({ variables, now, policies }) => {
  const date = textOf(variables, 'promisedDate');
  if (date === undefined || !isCivilDate(date)) return { error: 'date-invalid' };
  const today = civilDateOf(now);
  if (date < today || date > latest) return { error: 'date-invalid' };
  const branch = textOf(variables, 'branch');
  if (branch === 'statutory-limit') return judgedBasis(variables, date);
  const isBeyond = branch === 'promised-date' && isLonger(date, today, policies);
  return { variables: isBeyond ? { beyondCeiling: true } : {} };
});

function judgedBasis(variables: JsonObject, date: CivilDate): HandlerResult {
  const basis = textOf(variables, 'legalBasis');
  const limit = listOf(variables, 'legalLimits')
    .filter(isJsonObject)
    .find((one) => one.basis === basis);
  const last = limit && textOf(limit, 'last');
  if (last !== undefined && date > last) return { error: 'date-invalid' };
  return { variables: { basisUnlisted: limit === undefined } };
}

function isLonger(date: CivilDate, today: CivilDate, policies: PolicyValues): boolean {
  const most = wholeDaysOf(policies.value('promiseCeiling'));
  return most !== undefined && dayNumberOf(date) - dayNumberOf(today) > most;
}
