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
export type { CellType, DecisionInput, DecisionRule, DecisionTable } from './table.js';
