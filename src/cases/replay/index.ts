export { replay } from './replay.js';
export { createSummary, levelNames } from './summary.js';
export type { Summary } from './summary.js';
export { linesOf } from './lines.js';
export { parseLine, type Message } from './message.js';
export { mostActs, nextAct } from './next-act.js';
export { sheetOf } from './simulate.js';
