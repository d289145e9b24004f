import { aTruth } from '../../engine/index.js';
import { isOnlyADate } from '../handling/only-a-date.js';
import { isFor } from '../provisions.js';
import { ownOrder } from './own-order.js';
import { declares } from '../declares.js';

const produces = { writes: { toBeSolved: aTruth } };

/**
 * A supervision because of an unsolved matter ends when the matter is solved, or is legally
 * impossible; a promised date solves nothing. Writes `toBeSolved`.
 */
export const judgeSolved = declares(produces, ({ variables, instance, laws }) => {
  const isUnsolved = isFor('supervision-repeats', ownOrder(variables, instance)?.ground, laws);
  return { variables: { toBeSolved: isUnsolved && isOnlyADate(variables) } };
});
