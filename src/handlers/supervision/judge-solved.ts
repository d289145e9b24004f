import { provisionFor } from '../../kernel/law.js';
import { aTruth } from '../../engine/index.js';
import { isOnlyADate } from '../handling/only-a-date.js';
import { ownOrder } from './own-order.js';
import { declares } from '../declares.js';

const produces = { writes: { toBeSolved: aTruth } };

/**
 * What is supervised because it was not solved ends by being solved, or by being impossible in law; a date that was told
 * solves nothing. Writes `toBeSolved`.
 */
export const judgeSolved = declares(produces, ({ variables, instance }) => {
  const isUnsolved = ownOrder(variables, instance)?.ground === provisionFor('supervision-repeats');
  return { variables: { toBeSolved: isUnsolved && isOnlyADate(variables) } };
});
