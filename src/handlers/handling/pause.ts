import { nothing, oneOf } from '../../engine/index.js';
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

const pauseForAuditProduces = { writes: { replyPaused: oneOf('audit') } };

/**
 * The unit has asked to end the matter: the days of the hotline's audit do not count against the
 * unit. Writes `replyPaused`.
 */
export const pauseForAudit = declares(pauseForAuditProduces, ({ variables }) => {
  if (replyPaused(variables) || isOverdue(variables, 'reply')) return {};
  return {
    variables: { replyPaused: 'audit' },
    clocks: [{ act: 'pause', limit: limits.reply, reason: '提请终止办理，待审核' }],
  };
});

const resumeAfterAuditProduces = { writes: { replyPaused: nothing } };

/** The matter does not end: the unit continues. Clears `replyPaused`. */
export const resumeAfterAudit = declares(resumeAfterAuditProduces, ({ variables }) =>
  variables.replyPaused === 'audit'
    ? { variables: { replyPaused: null }, clocks: [{ act: 'resume', limit: limits.reply }] }
    : {},
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
