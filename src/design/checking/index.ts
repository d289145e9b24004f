export { checkApart, compareApart } from './check-thread.js';
export { shippedCheckContext } from './shipped.js';
export { currentCheckContext, currentLawWords } from './current.js';
