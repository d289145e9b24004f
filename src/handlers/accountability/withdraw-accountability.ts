import { aTruth, nothing, oneOf } from '../../engine/index.js';
import { openLists, withoutOpen } from './open-accountabilities.js';
import { declares } from '../declares.js';

const produces = {
  does: '作为前提的督办撤回了，问责也撤回。',
  reads: 'openAccountabilities openRefusals',
  writes: {
    accountabilityResult: oneOf('withdrawn'),
    accountabilityOpened: aTruth,
    notHandledAfterSupervision: aTruth,
    notHandledAt: nothing,
    ...openLists,
  },
};

export const withdrawAccountability = declares(produces, ({ variables, instance }) => ({
  variables: {
    accountabilityResult: 'withdrawn',
    accountabilityOpened: false,
    notHandledAfterSupervision: false,
    notHandledAt: null,
    ...withoutOpen(variables, instance),
  },
}));
