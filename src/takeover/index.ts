export { checkLog, type CheckDeps, type CheckedCase, type LogRead } from './check.js';
export { keepFigures } from './figures.js';
export { findingTitles } from './impossible.js';
export type { Unreadable } from './log/event.js';
export { openLog } from './log/open-log.js';
export { mappingSchema, readMapping, type Mapping } from './mapping.js';
export { proposeMapping, type DeedName, type Proposal } from './propose.js';
export { figuresAsJson, openReport } from './report/write-report.js';
export { sayInstant, verdictTitles } from './words.js';
