export { decide, policiesIn, type Decided } from './decide.js';
export { assertDecidable, faultsOf, type TableFault } from './faults.js';
export { asDmn13, isDecisionXml, parseDecision } from './read.js';
export { fitsAnything } from './table.js';
export type {
  CellType,
  DecisionInput,
  DecisionOutput,
  DecisionRule,
  DecisionTable,
  HitPolicy,
} from './table.js';
