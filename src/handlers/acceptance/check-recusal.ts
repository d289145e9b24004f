import { aList, aText, aTruth } from '../../engine/index.js';
import { mustWithdraw, recusedUnits } from '../recusal.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = { writes: { recusedUnits: aList(aText), callerShielded: aTruth }, errors: ['recusal'] };

/**
 * Runs before the sheet leaves the hotline. Error `recusal` if it would go to a unit that is
 * complained of or has an interest. Writes `recusedUnits`, and `callerShielded`: true if a
 * complaint or report names a unit.
 */
export const checkRecusal = declares(produces, ({ variables }) => {
  if (mustWithdraw(variables)) return { error: 'recusal' };
  return {
    variables: {
      recusedUnits: recusedUnits(variables),
      callerShielded: textOf(variables, 'accusedUnit') !== undefined,
    },
  };
});
