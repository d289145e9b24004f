export { checkApart, compareApart } from './check-thread.js';
export { shippedCheckContext } from './shipped.js';
export { currentCheckContext, currentLawWords, type CheckingParts } from './current.js';
