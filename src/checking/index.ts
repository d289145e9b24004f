export { shippedCheckContext } from './shipped.js';
export { currentCheckContext } from './current.js';
