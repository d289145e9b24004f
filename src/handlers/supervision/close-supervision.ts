import { oneOf } from '../../engine/index.js';
import { isOnlyADate } from '../handling/only-a-date.js';
import { isFor } from '../provisions.js';
import { ownOrder } from './own-order.js';
import { standing, withoutStanding } from './standing-grounds.js';
import { declares } from '../declares.js';

const produces = { writes: { supervisionResult: oneOf('handled', 'replied'), standingGrounds: standing } };

/**
 * Supervision succeeded. Writes `supervisionResult`: `replied` if a late reply only promised a
 * date, which ends the lapse of the reply but no other; else `handled`. For an entry of the
 * knowledge base, the matter's reply does not count: only the entry must be repaired.
 */
export const closeSupervision = declares(produces, ({ variables, instance, laws }) => {
  const isOfMatter = !isFor('supervision-knowledge', ownOrder(variables, instance)?.ground, laws);
  return {
    variables: {
      supervisionResult: isOfMatter && isOnlyADate(variables) ? 'replied' : 'handled',
      ...withoutStanding(variables, instance),
    },
  };
});
