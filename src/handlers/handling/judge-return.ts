import type { Handler } from '../../engine/index.js';
import { countOf, isTrue, textOf } from '../variables.js';

/**
 * May the unit return the sheet? Not after the return limit, nor after the hotline designated a unit in a dispute.
 * Writes `returnAdmissible`, `returnObstacle` (why not), and counts `returns`.
 */
export const judgeReturn: Handler = ({ variables }) => {
  const designated = textOf(variables, 'returnDecision') === 'designate';
  const late = isTrue(variables, 'returnClosed');
  return {
    variables: {
      returns: countOf(variables, 'returns') + 1,
      returnAdmissible: !designated && !late,
      returnObstacle: designated ? '已经指定承办单位' : late ? '超过退单期限' : null,
    },
  };
};
