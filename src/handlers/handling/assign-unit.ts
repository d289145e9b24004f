import type { Handler } from '../../engine/index.js';
import { mustWithdraw, recusedUnits } from '../recusal.js';
import { listOf, textOf } from '../variables.js';
import { limits } from './clocks.js';

/**
 * Hands the sheet to a unit, first or anew. Art 32: error `recusal` where the unit has to withdraw. Writes
 * `assignments` (unit and time of each) and opens the return limit again, which every new unit has for itself. A reply clock
 * that stood still for a return goes on.
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
