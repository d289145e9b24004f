export { replay } from './replay.js';
export { createSummary, levelNames } from './summary.js';
export type { Summary } from './summary.js';
