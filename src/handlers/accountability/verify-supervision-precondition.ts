import type { Handler } from '../../engine/index.js';
import { recordedSupervision } from './recorded-supervision.js';

/**
 * Art 40 (2) requires supervision on record and a matter still not handled; lateness is not enough. Reads the case's
 * trail. Writes `clueGround`, `accountabilityOpened` and `supervisionEvidence` (numbers of the entries); error
 * `precondition-missing` if there was no supervision, it succeeded, or it was withdrawn.
 */
export const verifySupervisionPrecondition: Handler = ({ history }) => {
  const { inVain, entries } = recordedSupervision(history());
  return inVain
    ? {
        variables: { clueGround: 'art40.p1.i2', accountabilityOpened: true, supervisionEvidence: entries },
      }
    : { error: 'precondition-missing' };
};
