/** Handlers of the service tasks by the name used in diagrams (`duty:handler`). */
import type { Handlers } from '../engine/index.js';
import type { Law } from '../kernel/law.js';
import type { DeclaredHandler, Produces } from './declares.js';
import { checkRecusal } from './acceptance/check-recusal.js';
import { answerDemand, recordRecusal, suspendAccess, takeBack } from './recusal-later.js';
import { judgeSpotClosing } from './acceptance/judge-spot-closing.js';
import { linkRepeat } from './acceptance/link-repeat.js';
import { recordAcceptanceOutcome } from './acceptance/record-acceptance-outcome.js';
import { verifyReferral } from './acceptance/verify-referral.js';
import { keepFinding } from './accountability/keep-finding.js';
import { recordAccountability } from './accountability/record-accountability.js';
import { recordNoGround } from './accountability/record-no-ground.js';
import { recordNotRectified } from './accountability/record-not-rectified.js';
import { stateRefusal } from './accountability/state-refusal.js';
import { verifySupervisionPrecondition } from './accountability/verify-supervision-precondition.js';
import { applyObjection } from './assessment/apply-objection.js';
import { checkMethod } from './assessment/check-method.js';
import { computeFigures } from './assessment/compute-figures.js';
import { registerObjection } from './assessment/register-objection.js';
import { preparePublication } from './assessment/prepare-publication.js';
import { openExplanations } from './explanation-window.js';
import { assignUnit, handOver } from './handling/assign-unit.js';
import { checkPromisedDate } from './handling/check-promised-date.js';
import { closeReturn } from './handling/close-return.js';
import { listLegalLimits } from './handling/list-legal-limits.js';
import { countUnsolved } from './handling/count-unsolved.js';
import { countRound } from './handling/count-round.js';
import { gatherClue } from './handling/gather-clue.js';
import { holdForRuling } from './handling/hold-for-ruling.js';
import { recordHotlineLate } from './handling/record-hotline-late.js';
import {
  closeAudit,
  pauseClock,
  pauseForAudit,
  pauseForDemand,
  pauseLimit,
  resumeAfterAudit,
  resumeAfterDemand,
  resumeClock,
  resumeLimit,
} from './handling/pause.js';
import { judgeWithdrawal } from './handling/judge-withdrawal.js';
import { signFor } from './handling/sign-for.js';
import { withdrawOverdue } from './handling/withdraw-overdue.js';
import { withdrawAccountability } from './accountability/withdraw-accountability.js';
import { withdrawSupervision } from './supervision/withdraw-supervision.js';
import { askRelay, recordRelay } from './handling/relay.js';
import { askSupport, recordSupport, recordSupportLate } from './handling/support.js';
import { recordCompletionOverdue } from './handling/record-completion-overdue.js';
import { lapseExtension, recordCompletionExtension, recordExtension } from './handling/record-extension.js';
import { recordOutcome } from './handling/record-outcome.js';
import { recordReplied } from './handling/record-replied.js';
import { recordReplyOverdue } from './handling/record-reply-overdue.js';
import { verifyRepeat } from './handling/verify-repeat.js';
import { closeSupervision } from './supervision/close-supervision.js';
import { issueOrder } from './supervision/issue-order.js';
import { judgeSolved } from './supervision/judge-solved.js';
import { recordInVain } from './supervision/record-in-vain.js';
import { recordNotHandled } from './supervision/record-not-handled.js';
import { resumeOrder } from './supervision/resume-order.js';
import { stateUnsolved } from './supervision/state-unsolved.js';

const handlers = new Map<string, DeclaredHandler>(
  Object.entries({
    answerDemand,
    applyObjection,
    askRelay,
    askSupport,
    assignUnit,
    checkMethod,
    checkPromisedDate,
    checkRecusal,
    closeAudit,
    closeReturn,
    closeSupervision,
    computeFigures,
    countRound,
    countUnsolved,
    handOver,
    holdForRuling,
    recordHotlineLate,
    gatherClue,
    issueOrder,
    judgeSolved,
    judgeSpotClosing,
    judgeWithdrawal,
    keepFinding,
    lapseExtension,
    linkRepeat,
    listLegalLimits,
    openExplanations,
    preparePublication,
    recordAcceptanceOutcome,
    recordAccountability,
    pauseClock,
    pauseForAudit,
    pauseForDemand,
    pauseLimit,
    recordCompletionExtension,
    recordCompletionOverdue,
    recordExtension,
    recordInVain,
    recordNoGround,
    recordNotHandled,
    recordNotRectified,
    recordOutcome,
    recordRecusal,
    recordRelay,
    recordReplied,
    recordReplyOverdue,
    recordSupport,
    recordSupportLate,
    registerObjection,
    resumeAfterAudit,
    resumeAfterDemand,
    resumeClock,
    resumeLimit,
    resumeOrder,
    signFor,
    stateRefusal,
    stateUnsolved,
    suspendAccess,
    takeBack,
    verifyReferral,
    verifyRepeat,
    verifySupervisionPrecondition,
    withdrawAccountability,
    withdrawOverdue,
    withdrawSupervision,
  }),
);

export const createHandlers = (): Handlers => ({
  get: (name) => handlers.get(name),
  names: () => [...handlers.keys()],
});

/** What each handler may write under the law, and the errors it may return. */
export const producedByHandlers = (law: Law): ReadonlyMap<string, Produces> =>
  new Map([...handlers].map(([name, { produces }]) => [name, produces(law)]));
