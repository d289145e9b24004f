import { aTruth } from '../../engine/index.js';
import { ofOverdue, recordOverdue } from './overdue-facts.js';
import { declares } from '../declares.js';

const produces = {
  does: '到答复的日期没有办完。',
  reads: 'round overdueFacts',
  writes: { ...ofOverdue, completionOverdue: aTruth },
};

export const recordCompletionOverdue = declares(produces, (context) => recordOverdue('completion', context));
