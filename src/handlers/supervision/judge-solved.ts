import { aTruth } from '../../engine/index.js';
import { isOnlyADate } from '../handling/only-a-date.js';
import { isFor } from '../provisions.js';
import { ownOrder } from './own-order.js';
import { declares } from '../declares.js';

const produces = { writes: { toBeSolved: aTruth } };

/**
 * What is supervised because it was not solved ends by being solved, or by being impossible in law; a date that was told
 * solves nothing. Writes `toBeSolved`.
 */
export const judgeSolved = declares(produces, ({ variables, instance, laws }) => {
  const isUnsolved = isFor('supervision-repeats', ownOrder(variables, instance)?.ground, laws);
  return { variables: { toBeSolved: isUnsolved && isOnlyADate(variables) } };
});
