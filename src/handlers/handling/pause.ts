import type { JsonObject } from '../../kernel/index.js';
import { aText, nothing, oneOf } from '../../engine/index.js';
import { textOf } from '../variables.js';
import { isOverdue, limits, replyPaused } from './clocks.js';
import { declares, drawnClock } from '../declares.js';

const grounds: { readonly [code: string]: string } = {
  'administrative-procedure': '等待行政程序、司法程序的结果',
  'force-majeure': '不可抗力',
};

const pauseClockProduces = {
  does: '准予暂停，期限停下（已经停下、届满的不动）。',
  reads: 'replyPaused replyOverdue pauseGround',
  moves: { pause: 'reply' },
  writes: { replyPaused: oneOf('request') },
};

export const pauseClock = declares(pauseClockProduces, ({ variables }) => {
  if (replyPaused(variables) || isOverdue(variables, 'reply')) return {};
  const reason = grounds[textOf(variables, 'pauseGround') ?? ''] ?? '准予暂停';
  return {
    variables: { replyPaused: 'request' },
    clocks: [{ act: 'pause', limit: limits.reply, reason }],
  };
});

const resumeClockProduces = {
  does: '事由消失或者暂停期满，期限接着走。',
  reads: 'replyPaused',
  moves: { resume: 'reply' },
  writes: { replyPaused: nothing },
};

export const resumeClock = declares(resumeClockProduces, ({ variables }) =>
  variables.replyPaused === 'request'
    ? { variables: { replyPaused: null }, clocks: [{ act: 'resume', limit: limits.reply }] }
    : {},
);

const pauseForAuditProduces = {
  does: '单位提请终止，审核的日子不算它的：停下环节写明的期限（`duty:clock`，不写的是 `reply`）；没有什么可停的，`auditPaused` 写 `passed`。',
  reads: 'auditPaused replyPaused replyOverdue completionOverdue',
  moves: { pause: drawnClock },
  writes: { auditPaused: aText, replyPaused: oneOf('audit') },
};

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

const resumeAfterAuditProduces = {
  does: '审核完毕，单位接着办：`pauseForAudit` 停下的期限接着走。',
  reads: 'replyPaused auditPaused',
  moves: { resume: drawnClock },
  writes: { auditPaused: nothing, replyPaused: nothing },
};

export const resumeAfterAudit = declares(resumeAfterAuditProduces, ({ variables, clock = limits.reply }) => {
  const paused = clock === limits.reply ? variables.replyPaused === 'audit' : variables.auditPaused === clock;
  return {
    ...closedAudit(variables),
    ...(paused ? { clocks: [{ act: 'resume', limit: clock }] } : {}),
  };
});

export const closeAudit = declares(
  {
    does: '审核完毕或者不必审核了：不再记着停下。',
    reads: 'replyPaused',
    writes: resumeAfterAuditProduces.writes,
  },
  ({ variables }) => closedAudit(variables),
);

const closedAudit = ({ replyPaused: paused }: JsonObject): { readonly variables: JsonObject } => ({
  variables: { auditPaused: null, ...(paused === 'audit' ? { replyPaused: null } : {}) },
});

export const pauseLimit = declares(
  {
    does: '停下环节写明的期限：审核时单位没有什么可补的，或者另有期限代替它。',
    moves: { pause: drawnClock },
    writes: {},
  },
  ({ clock }) =>
    clock === undefined ? {} : { clocks: [{ act: 'pause', limit: clock, reason: '依法停止计算' }] },
);

export const resumeLimit = declares(
  { does: '环节写明的期限接着走。', moves: { resume: drawnClock }, writes: {} },
  ({ clock }) => (clock === undefined ? {} : { clocks: [{ act: 'resume', limit: clock }] }),
);

const pauseForDemandProduces = {
  does: '回避的要求答复以前单位办不了：期限停下。',
  reads: 'replyPaused replyOverdue',
  moves: { pause: 'reply' },
  writes: { replyPaused: oneOf('recusal') },
};

export const pauseForDemand = declares(pauseForDemandProduces, ({ variables }) => {
  if (replyPaused(variables) || isOverdue(variables, 'reply')) return {};
  return {
    variables: { replyPaused: 'recusal' },
    clocks: [{ act: 'pause', limit: limits.reply, reason: '要求回避，待答复' }],
  };
});

const resumeAfterDemandProduces = {
  does: '回避的要求没有准予：期限接着走。',
  reads: 'replyPaused',
  moves: { resume: 'reply' },
  writes: { replyPaused: nothing },
};

export const resumeAfterDemand = declares(resumeAfterDemandProduces, ({ variables }) =>
  variables.replyPaused === 'recusal'
    ? { variables: { replyPaused: null }, clocks: [{ act: 'resume', limit: limits.reply }] }
    : {},
);
