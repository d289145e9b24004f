import { aTruth } from '../../engine/index.js';
import { isTrue } from '../variables.js';
import { ofOverdue, recordOverdue } from './overdue-facts.js';
import { declares } from '../declares.js';

const produces = { writes: { ...ofOverdue, replyOverdue: aTruth, lapsedInRuling: aTruth } };

/**
 * Five working days passed without reply and feedback. Writes `overdue`, `replyOverdue`,
 * `overdueFacts`. While the hotline rules on a return no unit is late, so it writes only
 * `lapsedInRuling`.
 */
export const recordReplyOverdue = declares(produces, (context) =>
  isTrue(context.variables, 'awaitsRuling')
    ? { variables: { lapsedInRuling: true } }
    : recordOverdue('reply', context),
);
