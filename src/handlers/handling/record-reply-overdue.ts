import { aTruth } from '../../engine/index.js';
import { isTrue } from '../variables.js';
import { ofOverdue, recordOverdue } from './overdue-facts.js';
import { declares } from '../declares.js';

const produces = {
  does: '回复的期限届满。裁定退单时届满的没有单位逾期，只写 `lapsedInRuling`；已经答复、只欠反馈的，什么也不写。',
  reads: 'replied awaitsRuling round overdueFacts',
  writes: { ...ofOverdue, replyOverdue: aTruth, lapsedInRuling: aTruth },
};

export const recordReplyOverdue = declares(produces, (context) => {
  if (isTrue(context.variables, 'replied')) return {};
  return isTrue(context.variables, 'awaitsRuling')
    ? { variables: { lapsedInRuling: true } }
    : recordOverdue('reply', context);
});
