export { replay } from './replay.js';
export type { ReplayDeps, ReplayOptions } from './replay.js';
export type { ReplayLine } from './outcome.js';
export { createSummary, levelNames } from './summary.js';
export type { Summary } from './summary.js';
