export { endedJob, handBackByHand, handBackSender, queueHandingBack } from './hand-back.js';
export { upstreamLimitOf } from './link-upstream.js';
export { remindingJob } from './remind.js';
