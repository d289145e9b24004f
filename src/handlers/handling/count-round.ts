import { aNumber, aTruth, nothing } from '../../engine/index.js';
import { countOf } from '../variables.js';
import { relayMoot } from './relay.js';
import { declares } from '../declares.js';

const produces = {
  writes: {
    round: aNumber,
    receipt: nothing,
    branch: nothing,
    earlierSheet: nothing,
    earlierResult: nothing,
    promisedDate: nothing,
    beyondCeiling: nothing,
    basisUnlisted: nothing,
    basisFinding: nothing,
    completionResult: nothing,
    replied: nothing,
    replyOverdue: aTruth,
    completionOverdue: aTruth,
    extensionGranted: aTruth,
    completionExtensionGranted: aTruth,
    extendedDays: aNumber,
    replyPaused: nothing,
    awaitsRuling: aTruth,
    lapsedInRuling: aTruth,
    hotlineLate: aTruth,
    interimResult: nothing,
    auditResult: nothing,
    satisfaction: nothing,
    factsVerified: nothing,
    resolved: nothing,
    reworkDecision: nothing,
    relayPending: aTruth,
  },
};

/**
 * The sheet goes back for another round of handling. Increments `round` (the first is 1) and clears
 * the answers of the round before, so that they cannot decide the new one. Recorded lapses remain.
 */
export const countRound = declares(produces, ({ variables }) => ({
  variables: {
    round: Math.max(1, countOf(variables, 'round')) + 1,
    receipt: null,
    branch: null,
    earlierSheet: null,
    earlierResult: null,
    promisedDate: null,
    beyondCeiling: null,
    basisUnlisted: null,
    basisFinding: null,
    completionResult: null,
    replied: null,
    replyOverdue: false,
    completionOverdue: false,
    extensionGranted: false,
    completionExtensionGranted: false,
    extendedDays: 0,
    replyPaused: null,
    awaitsRuling: false,
    lapsedInRuling: false,
    ...(variables.hotlineLate === undefined ? {} : { hotlineLate: false }),
    interimResult: null,
    auditResult: null,
    satisfaction: null,
    factsVerified: null,
    resolved: null,
    reworkDecision: null,
    ...relayMoot(variables),
  },
}));
