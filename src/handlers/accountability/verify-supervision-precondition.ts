import type { Handler } from '../../engine/index.js';
import { recordedSupervision } from './recorded-supervision.js';

/**
 * Art 40 (2) reaches only who was supervised on record and still did not handle the matter; lateness is not enough.
 * Asks the trail of the case. Writes `clueGround`, `accountabilityOpened` and `supervisionEvidence` (the numbers of the
 * entries); error `precondition-missing` where there was no supervision, it succeeded, or it was withdrawn.
 */
export const verifySupervisionPrecondition: Handler = ({ history }) => {
  const { inVain, entries } = recordedSupervision(history());
  return inVain
    ? {
        variables: { clueGround: 'art40.p1.i2', accountabilityOpened: true, supervisionEvidence: entries },
      }
    : { error: 'precondition-missing' };
};
