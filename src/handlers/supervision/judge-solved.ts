import { aTruth } from '../../engine/index.js';
import { explained, isOnlyADate } from '../handling/only-a-date.js';
import { isFor } from '../provisions.js';
import { textOf } from '../variables.js';
import { ownOrders } from './own-order.js';
import { declares } from '../declares.js';

const produces = { writes: { toBeSolved: aTruth, toBeVerified: aTruth, raised: aTruth } };

/**
 * A supervision because of an unsolved matter ends when the matter is solved, or cannot lawfully be
 * done. Writes `toBeSolved` for a promised date, which solves nothing; `toBeVerified` if the unit
 * says that it is done, which the follow-up call must confirm; and `raised` if it was supervised
 * for the second time.
 */
export const judgeSolved = declares(produces, ({ variables, instance, laws }) => {
  const orders = ownOrders(variables, instance);
  const isUnsolved = isFor('supervision-repeats', orders[0]?.ground, laws);
  const toBeSolved = isUnsolved && isOnlyADate(variables);
  return {
    variables: {
      toBeSolved,
      toBeVerified: isUnsolved && !toBeSolved && !explained.includes(textOf(variables, 'branch') ?? ''),
      raised: orders.length > 1,
    },
  };
});
