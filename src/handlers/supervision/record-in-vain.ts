import { anInstant, aTruth } from '../../engine/index.js';
import { isOpenFor } from '../accountability/open-accountabilities.js';
import { declares } from '../declares.js';

const produces = {
  does: '两次督办期满仍未办理：问责的前提。同一单位、同一轮已经在问责的，`accountabilityDue` 写 false。',
  reads: 'openAccountabilities accused unit round',
  writes: { notHandledAfterSupervision: aTruth, notHandledAt: anInstant, accountabilityDue: aTruth },
};

export const recordInVain = declares(produces, ({ variables, now }) => ({
  variables: {
    notHandledAfterSupervision: true,
    notHandledAt: now.toISOString(),
    accountabilityDue: !isOpenFor(variables, 'not-handled'),
  },
}));
