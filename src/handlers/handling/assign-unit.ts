import type { Handler } from '../../engine/index.js';
import { mustWithdraw, recusedUnits } from '../recusal.js';
import { listOf, textOf } from '../variables.js';
import { limits } from './clocks.js';

/**
 * Assigns the sheet to a unit, first or anew. Art 32: error `recusal` if the unit must withdraw. Writes `assignments`
 * (unit and time of each), opens a new return limit, and resumes a reply clock that was paused for a return.
 */
export const assignUnit: Handler = ({ variables, now }) => {
  if (mustWithdraw(variables)) return { error: 'recusal' };
  const resumes = variables.replyPaused === 'return';
  const unit = textOf(variables, 'unit') ?? null;
  return {
    variables: {
      recusedUnits: recusedUnits(variables),
      assignments: [...listOf(variables, 'assignments'), { unit, at: now.toISOString() }],
      returnClosed: false,
      ...(resumes ? { replyPaused: null } : {}),
    },
    ...(resumes ? { clocks: [{ act: 'resume', limit: limits.reply }] } : {}),
  };
};
