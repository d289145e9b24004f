import type { Handler } from '../../engine/index.js';
import { countOf, isTrue, textOf } from '../variables.js';
import { isOverdue, limits, replyPaused } from './clocks.js';

/**
 * May the unit return the sheet? Not after the return limit, nor after the hotline designated a unit in a dispute.
 * While it is decided, the reply clock is paused if the policy `clockDuringReturn` says `suspended`.
 * Writes `returnAdmissible`, `returnObstacle` (why not), `replyPaused`, and counts `returns`.
 */
export const judgeReturn: Handler = ({ policies, variables }) => {
  const designated = textOf(variables, 'returnDecision') === 'designate';
  const late = isTrue(variables, 'returnClosed');
  const admissible = !designated && !late;
  const pauses =
    admissible &&
    policies.value('clockDuringReturn') === 'suspended' &&
    !isOverdue(variables, 'reply') &&
    !replyPaused(variables);
  return {
    variables: {
      returns: countOf(variables, 'returns') + 1,
      returnAdmissible: admissible,
      returnObstacle: designated ? '已经指定承办单位' : late ? '超过退单期限' : null,
      ...(pauses ? { replyPaused: 'return' } : {}),
    },
    ...(pauses ? { clocks: [{ act: 'pause', limit: limits.reply, reason: '退单待裁定' }] } : {}),
  };
};
