import type { Handler } from '../../engine/index.js';
import { mustWithdraw, recusedUnits } from '../recusal.js';
import { listOf, textOf } from '../variables.js';

/**
 * Hands the sheet to a unit, first or anew. Art 32: error `recusal` where the unit has to withdraw. Writes
 * `assignments` (unit and time of each) and opens the return limit again, which every new unit has for itself.
 */
export const assignUnit: Handler = ({ variables, now }) => {
  if (mustWithdraw(variables)) return { error: 'recusal' };
  const unit = textOf(variables, 'unit') ?? null;
  return {
    variables: {
      recusedUnits: recusedUnits(variables),
      assignments: [...listOf(variables, 'assignments'), { unit, at: now.toISOString() }],
      returnClosed: false,
    },
  };
};
