export { decide, policiesIn, type Decided } from './decide.js';
export { assertDecidable, faultsOf } from './faults.js';
export {
  asDmn13,
  decisionTree,
  isDecisionXml,
  parseDecision,
  type DecisionElement,
  type DecisionTree,
} from './read.js';
export {
  registerNames,
  type CellType,
  type DecisionInput,
  type DecisionRule,
  type DecisionTable,
  type RegisterName,
} from './table.js';
