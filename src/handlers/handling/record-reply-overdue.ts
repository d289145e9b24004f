import type { Handler } from '../../engine/index.js';
import { recordOverdue } from './overdue-facts.js';

/** Art 24: five working days passed without reply and feedback. Writes `overdue`, `replyOverdue`, `overdueFacts`. */
export const recordReplyOverdue: Handler = (context) => recordOverdue('reply', context);
