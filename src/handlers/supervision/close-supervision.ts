import { oneOf } from '../../engine/index.js';
import { isOnlyADate } from '../handling/only-a-date.js';
import { isFor } from '../provisions.js';
import { ownOrder } from './own-order.js';
import { standing, withoutStanding } from './standing-grounds.js';
import { declares } from '../declares.js';

const produces = { writes: { supervisionResult: oneOf('handled', 'replied'), standingGrounds: standing } };

/**
 * Supervision succeeded. Writes `supervisionResult`: `replied` where a late reply told a date only, which ends the lapse of
 * the reply and no more; else `handled`. An entry of the knowledge base is mended whatever the matter's reply says.
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
