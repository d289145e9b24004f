export { handBackByHand, handingBackJob, queueHandingBack } from './hand-back.js';
export { linkSuperior } from './link-superior.js';
