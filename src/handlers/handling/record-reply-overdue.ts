import type { Handler } from '../../engine/index.js';
import { isTrue } from '../variables.js';
import { recordOverdue } from './overdue-facts.js';

/**
 * Five working days passed without reply and feedback. Writes `overdue`, `replyOverdue`, `overdueFacts`. While
 * the hotline rules on a return no unit is late: only `lapsedInRuling`.
 */
export const recordReplyOverdue: Handler = (context) =>
  isTrue(context.variables, 'awaitsRuling')
    ? { variables: { lapsedInRuling: true } }
    : recordOverdue('reply', context);
