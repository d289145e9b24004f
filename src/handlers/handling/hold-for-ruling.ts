import { aTruth, oneOf } from '../../engine/index.js';
import { isOverdue, limits, replyPaused } from './clocks.js';
import { declares } from '../declares.js';

const produces = { writes: { awaitsRuling: aTruth, replyPaused: oneOf('return') } };

/**
 * The hotline takes the sheet back until it has ruled who handles it: no unit holds it, so no unit
 * is late meanwhile. The reply clock is paused if the policy `clockDuringReturn` says `suspended`;
 * if it keeps running, the hotline answers for a lapse. Writes `awaitsRuling` and `replyPaused`.
 */
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
