export { checkDiagram } from './check-diagram.js';
export { checkSource } from './check-source.js';
export { examineTable, type FindingInTable, type TableReport } from './decisions/check-table.js';
export {
  clockTitle,
  compareSources,
  deedTitle,
  difference,
  fullValue,
  isShortened,
  mergeSources,
  noWords,
  type Change,
  type Choice,
  type Choices,
  type Merged,
  type Sides,
  type LawWords,
} from './difference/index.js';
export { tableDifference } from './decisions/difference.js';
export { variablesOfDiagram, type OfferedVariable } from './variables-of-diagram.js';
export { wayIn } from './flow/way-to.js';
export type { Proof, Shown } from './proof.js';
export { registerOf } from './decisions/registered.js';
export type { CheckContext, HandlerFacts, PolicyFacts, Registered, RoleFacts } from './context.js';
export { ruleNames, titleOfRule, type CheckReport, type Finding, type RuleName } from './finding.js';
export type { ReplayReport, Reports, RunningCasesReport, ScenarioReport } from './reports.js';
