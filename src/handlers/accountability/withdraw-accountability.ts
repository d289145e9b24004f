import { aTruth, nothing, oneOf } from '../../engine/index.js';
import { openLists, withoutOpen } from './open-accountabilities.js';
import { declares } from '../declares.js';

const produces = {
  writes: {
    accountabilityResult: oneOf('withdrawn'),
    accountabilityOpened: aTruth,
    notHandledAfterSupervision: aTruth,
    notHandledAt: nothing,
    ...openLists,
  },
};

/**
 * The supervision that justified accountability was withdrawn. Writes `accountabilityResult`,
 * `accountabilityOpened` and `notHandledAfterSupervision`.
 */
export const withdrawAccountability = declares(produces, ({ variables, instance }) => ({
  variables: {
    accountabilityResult: 'withdrawn',
    accountabilityOpened: false,
    notHandledAfterSupervision: false,
    notHandledAt: null,
    ...withoutOpen(variables, instance),
  },
}));
