import { anInstant, aTruth } from '../../engine/index.js';
import { isOpenFor } from '../accountability/open-accountabilities.js';
import { declares } from '../declares.js';

const produces = {
  writes: { notHandledAfterSupervision: aTruth, notHandledAt: anInstant, accountabilityDue: aTruth },
};

/**
 * A matter was still not handled after both orders: the fact that accountability requires. Writes
 * `notHandledAfterSupervision`, `notHandledAt`, and `accountabilityDue`: false if accountability
 * for the unit's round is open already, since one failure has one proceeding.
 */
export const recordInVain = declares(produces, ({ variables, now }) => ({
  variables: {
    notHandledAfterSupervision: true,
    notHandledAt: now.toISOString(),
    accountabilityDue: !isOpenFor(variables, 'not-handled'),
  },
}));
