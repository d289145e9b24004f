import { aList, aNumber, aText, aTruth, oneOf } from '../../engine/index.js';
import { isFor, provisionOf } from '../provisions.js';
import { isOpenFor, openLists, withOpen } from './open-accountabilities.js';
import { recordedSupervision } from './recorded-supervision.js';
import { provisionFor, type Law } from '../../kernel/law.js';
import { accusedOf, unknownAccused } from '../../kernel/accused.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  writes: {
    clueGround: oneOf(provisionFor('not-handled-after-supervision', law)),
    accused: aText,
    accountabilityOpened: aTruth,
    supervisionEvidence: aList(aNumber),
    openAccountabilities: openLists.openAccountabilities,
  },
  errors: ['precondition-missing', 'accountability-open'],
});

/**
 * Accountability for an unhandled matter requires recorded supervision and a matter still not
 * handled; lateness is not enough. Reads the case's trail: the policy `ordersBeforeAccountability`
 * says how many orders must have expired, or all. Writes `clueGround`, `accused` (the handling unit, if no
 * clue named another), `accountabilityOpened`,
 * `supervisionEvidence` (numbers of the entries) and `openAccountabilities`. Errors:
 * `precondition-missing` if there was no supervision, its limit runs, it succeeded, it was withdrawn,
 * or the matter had been handled when it expired; `accountability-open` if a proceeding for the unit's round is open already.
 */
export const verifySupervisionPrecondition = declares(
  produces,
  ({ history, policies, variables, instance, laws }) => {
    const { inVain, lapsed, entries } = recordedSupervision(history(), (ground) =>
      isFor('supervision-repeats', ground, laws),
    );
    const needed = Number(policies.value('ordersBeforeAccountability') ?? 1);
    if (!inVain && lapsed < needed) return { error: 'precondition-missing' };
    if (isOpenFor(variables, 'not-handled')) return { error: 'accountability-open' };
    return {
      variables: {
        clueGround: provisionOf('not-handled-after-supervision', laws),
        accused: accusedOf(variables.accused, variables.unit) ?? unknownAccused,
        accountabilityOpened: true,
        supervisionEvidence: entries,
        ...withOpen(variables, 'not-handled', instance),
      },
    };
  },
);
