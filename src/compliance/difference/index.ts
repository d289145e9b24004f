export { difference } from './difference.js';
export { isShortened, fullValue } from './full-value.js';
export type { Change } from './change.js';
