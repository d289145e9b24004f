import type { Handler } from '../../engine/index.js';
import { countOf } from '../variables.js';

/**
 * The sheet goes back for handling again. Increments `round` (the first is 1) and clears the answers of
 * the round before, so that they cannot decide the new one. Lapses stay on record.
 */
export const countRound: Handler = ({ variables }) => ({
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
    replyOverdue: false,
    completionOverdue: false,
    extensionGranted: false,
    completionExtensionGranted: false,
    extendedDays: 0,
    replyPaused: null,
    awaitsRuling: false,
    lapsedInRuling: false,
    interimResult: null,
    auditResult: null,
    satisfaction: null,
    factsVerified: null,
    resolved: null,
    reworkDecision: null,
  },
});
