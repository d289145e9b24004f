import { aTruth } from '../../engine/index.js';
import { isTrue } from '../variables.js';
import { ofOverdue, recordOverdue } from './overdue-facts.js';
import { declares } from '../declares.js';

const produces = { writes: { ...ofOverdue, replyOverdue: aTruth, lapsedInRuling: aTruth } };

/**
 * The limit of the reply has passed. Writes `overdue`, `replyOverdue`, `overdueFacts`. While the
 * hotline rules on a return no unit is late, so it writes only `lapsedInRuling`. A unit that has
 * replied owes only the feedback, so its handling is not late: writes nothing.
 */
export const recordReplyOverdue = declares(produces, (context) => {
  if (isTrue(context.variables, 'replied')) return {};
  return isTrue(context.variables, 'awaitsRuling')
    ? { variables: { lapsedInRuling: true } }
    : recordOverdue('reply', context);
});
