export { checkContextOf, type CheckSources } from './check-context.js';
export { shippedCheckContext } from './shipped.js';
export { currentCheckContext } from './current.js';
