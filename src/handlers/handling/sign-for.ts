import type { Handler } from '../../engine/index.js';
import { countOf } from '../variables.js';
import { isOverdue, limits, replyPaused } from './clocks.js';

/**
 * The unit has taken the sheet. Where the policy `replyStart` says `receipt`, the five working days of Art 24 are
 * counted from now, once a round, unless they have passed already. Writes `signedRound`.
 */
export const signFor: Handler = ({ policies, variables }) => {
  const round = Math.max(1, countOf(variables, 'round'));
  const begins =
    policies.value('replyStart') === 'receipt' &&
    countOf(variables, 'signedRound') !== round &&
    !isOverdue(variables, 'reply') &&
    !replyPaused(variables);
  return {
    variables: { signedRound: round },
    ...(begins ? { clocks: [{ act: 'restart', limit: limits.reply }] } : {}),
  };
};
