import type { Handler } from '../../engine/index.js';
import { mustWithdraw, recusedUnits } from '../recusal.js';
import { textOf } from '../variables.js';

/**
 * Before the sheet leaves the hotline: error `recusal` where it would go to a unit that is complained of or
 * has an interest. Writes `recusedUnits`, and `callerShielded`: true where a complaint or report names a unit.
 */
export const checkRecusal: Handler = ({ variables }) => {
  if (mustWithdraw(variables)) return { error: 'recusal' };
  return {
    variables: {
      recusedUnits: recusedUnits(variables),
      callerShielded: textOf(variables, 'accusedUnit') !== undefined,
    },
  };
};
