import { civilDateOf, dayNumberOf, isCivilDate, type CivilDate } from '../../kernel/civil-date.js';
import { aTruth, type HandlerResult } from '../../engine/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import { wholeDaysOf } from '../policies.js';
import { listOf, textOf } from '../variables.js';
import { declares } from '../declares.js';
import type { PolicyValues } from '../../kernel/timer-spec.js';

/** The calendar ends with the year after, because cards and supervision after the limit must be countable, too. */
const latest = '2098-12-31';

const produces = {
  does: '核对答复的期限：明确的一日，没有过去，不晚于所引依据（`legalLimits`）的期限。超过政策 `promiseCeiling` 的写 `beyondCeiling`，依据不在名单里的写 `basisUnlisted`，由审核的人判断。',
  reads: 'promisedDate branch legalBasis legalLimits',
  policies: 'promiseCeiling',
  writes: { beyondCeiling: aTruth, basisUnlisted: aTruth },
  errors: { 'date-invalid': '不是一个日期、已经过去、晚于 2098 年，或者晚于所引依据的期限' },
};

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
