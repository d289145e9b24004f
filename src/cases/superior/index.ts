export { handBackByHand, handingBackJob, queueHandingBack } from './hand-back.js';
export { linkSuperior, superiorLimitOf } from './link-superior.js';
export { remindingJob } from './remind.js';
