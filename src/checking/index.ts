export { checkApart, compareApart } from './check-thread.js';
export { shippedCheckContext } from './shipped.js';
export { currentCheckContext } from './current.js';
