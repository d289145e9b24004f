import { aTruth } from '../../engine/index.js';
import { ofOverdue, recordOverdue } from './overdue-facts.js';
import { declares } from '../declares.js';

const produces = { writes: { ...ofOverdue, completionOverdue: aTruth } };

/** Not finished by the promised date. Writes `overdue`, `completionOverdue`, `overdueFacts`. */
export const recordCompletionOverdue = declares(produces, (context) => recordOverdue('completion', context));
