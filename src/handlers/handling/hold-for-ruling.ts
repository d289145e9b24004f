import { aTruth, oneOf } from '../../engine/index.js';
import { isOverdue, limits, replyPaused } from './clocks.js';
import { declares } from '../declares.js';

const produces = {
  does: '收回工单，待裁定由谁办：这段日子没有单位逾期。政策 `clockDuringReturn` 是 `suspended` 的，期限停下；接着走的，届满由热线负责。',
  reads: 'replyOverdue replyPaused',
  policies: 'clockDuringReturn',
  moves: { pause: 'reply' },
  writes: { awaitsRuling: aTruth, replyPaused: oneOf('return') },
};

export const holdForRuling = declares(produces, ({ policies, variables }) => {
  const pauses =
    policies.value('clockDuringReturn') === 'suspended' &&
    !isOverdue(variables, 'reply') &&
    !replyPaused(variables);
  return {
    variables: { awaitsRuling: true, ...(pauses ? { replyPaused: 'return' } : {}) },
    ...(pauses ? { clocks: [{ act: 'pause', limit: limits.reply, reason: '退单待裁定' }] } : {}),
  };
});
