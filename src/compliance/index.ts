export { checkDiagram } from './check-diagram.js';
export { checkSource } from './check-source.js';
export { compareSources } from './compare-sources.js';
export { examineTable, type FindingInTable, type TableReport } from './decisions/check-table.js';
export {
  clockTitle,
  deedTitle,
  difference,
  fullValue,
  isShortened,
  noWords,
  type Change,
  type LawWords,
} from './difference/index.js';
export type { CheckContext, HandlerFacts, PolicyFacts, RoleFacts } from './context.js';
export {
  ruleNames,
  ruleTitles,
  titleOfRule,
  type CheckReport,
  type Finding,
  type RuleName,
} from './finding.js';
export type { ReplayReport, Reports, RunningCasesReport, ScenarioReport } from './reports.js';
