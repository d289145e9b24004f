import { aTruth } from '../../engine/index.js';
import { explained, isOnlyADate } from '../handling/only-a-date.js';
import { isFor } from '../provisions.js';
import { textOf } from '../variables.js';
import { ownOrders } from './own-order.js';
import { declares } from '../declares.js';

const produces = {
  does: '因多次未解决而督办的：只告知一个日期的没有解决（`toBeSolved`），说办了的等回访（`toBeVerified`）；再次督办过的写 `raised`。',
  reads: 'supervisionOrders branch completionResult',
  writes: { toBeSolved: aTruth, toBeVerified: aTruth, raised: aTruth },
};

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
