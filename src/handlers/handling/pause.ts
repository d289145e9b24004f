import type { JsonObject } from '../../kernel/index.js';
import { aText, nothing, oneOf } from '../../engine/index.js';
import { textOf } from '../variables.js';
import { isOverdue, limits, replyPaused } from './clocks.js';
import { declares } from '../declares.js';

const grounds: { readonly [code: string]: string } = {
  'administrative-procedure': '等待行政程序、司法程序的结果',
  'force-majeure': '不可抗力',
};

const pauseClockProduces = { writes: { replyPaused: oneOf('request') } };

/** The pause was granted. Writes `replyPaused`, unless the clock is paused already. */
export const pauseClock = declares(pauseClockProduces, ({ variables }) => {
  if (replyPaused(variables) || isOverdue(variables, 'reply')) return {};
  const reason = grounds[textOf(variables, 'pauseGround') ?? ''] ?? '准予暂停';
  return {
    variables: { replyPaused: 'request' },
    clocks: [{ act: 'pause', limit: limits.reply, reason }],
  };
});

const resumeClockProduces = { writes: { replyPaused: nothing } };

/** The ground of the pause has ceased, or the policy `pauseMax` has run out. Clears `replyPaused`. */
export const resumeClock = declares(resumeClockProduces, ({ variables }) =>
  variables.replyPaused === 'request'
    ? { variables: { replyPaused: null }, clocks: [{ act: 'resume', limit: limits.reply }] }
    : {},
);

const pauseForAuditProduces = { writes: { auditPaused: aText, replyPaused: oneOf('audit') } };

/**
 * The unit has asked to end the matter: the days of the hotline's audit do not count against the
 * unit. Pauses the limit that the diagram names. Writes `auditPaused`: its clock, or `passed` if
 * there is no longer anything to pause; and `replyPaused`.
 */
export const pauseForAudit = declares(pauseForAuditProduces, ({ variables, clock = limits.reply }) => {
  if (typeof variables.auditPaused === 'string') return {};
  const ofReply = clock === limits.reply;
  if (isOverdue(variables, clock) || (ofReply && replyPaused(variables))) {
    return { variables: { auditPaused: 'passed' } };
  }
  return {
    variables: { auditPaused: clock, ...(ofReply ? { replyPaused: 'audit' } : {}) },
    clocks: [{ act: 'pause', limit: clock, reason: '提请终止办理，待审核' }],
  };
});

const resumeAfterAuditProduces = { writes: { auditPaused: nothing, replyPaused: nothing } };

/** The audit is over, and the unit continues: resumes the limit if it is paused. Clears `auditPaused` and `replyPaused`. */
export const resumeAfterAudit = declares(resumeAfterAuditProduces, ({ variables, clock = limits.reply }) => {
  const paused = clock === limits.reply ? variables.replyPaused === 'audit' : variables.auditPaused === clock;
  return {
    ...closedAudit(variables),
    ...(paused ? { clocks: [{ act: 'resume', limit: clock }] } : {}),
  };
});

/** The audit is over, or has become pointless: no limit of the unit may be left marked as paused. */
export const closeAudit = declares(resumeAfterAuditProduces, ({ variables }) => closedAudit(variables));

const closedAudit = ({ replyPaused: paused }: JsonObject): { readonly variables: JsonObject } => ({
  variables: { auditPaused: null, ...(paused === 'audit' ? { replyPaused: null } : {}) },
});

/** Halts any limit that the diagram names: while an audit leaves the unit nothing to put right, or for good, where another limit takes its place. */
export const pauseLimit = declares({ writes: {} }, ({ clock }) =>
  clock === undefined ? {} : { clocks: [{ act: 'pause', limit: clock, reason: '依法停止计算' }] },
);

export const resumeLimit = declares({ writes: {} }, ({ clock }) =>
  clock === undefined ? {} : { clocks: [{ act: 'resume', limit: clock }] },
);

const pauseForDemandProduces = { writes: { replyPaused: oneOf('recusal') } };

/** The unit has no access until a demand for its recusal is answered. Writes `replyPaused`. */
export const pauseForDemand = declares(pauseForDemandProduces, ({ variables }) => {
  if (replyPaused(variables) || isOverdue(variables, 'reply')) return {};
  return {
    variables: { replyPaused: 'recusal' },
    clocks: [{ act: 'pause', limit: limits.reply, reason: '要求回避，待答复' }],
  };
});

const resumeAfterDemandProduces = { writes: { replyPaused: nothing } };

/** The demand was refused: the unit continues. Clears `replyPaused`. */
export const resumeAfterDemand = declares(resumeAfterDemandProduces, ({ variables }) =>
  variables.replyPaused === 'recusal'
    ? { variables: { replyPaused: null }, clocks: [{ act: 'resume', limit: limits.reply }] }
    : {},
);
