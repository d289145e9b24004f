import type { Handler } from '../../engine/index.js';
import { recordOverdue } from './overdue-facts.js';

/** Not finished by the promised date. Writes `overdue`, `completionOverdue`, `overdueFacts`. */
export const recordCompletionOverdue: Handler = (context) => recordOverdue('completion', context);
