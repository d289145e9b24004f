export { decide, policiesIn, type Decided } from './decide.js';
export { assertDecidable, faultsOf } from './faults.js';
export { asDmn13, isDecisionXml, parseDecision } from './read.js';
export type { CellType, DecisionInput, DecisionRule, DecisionTable } from './table.js';
