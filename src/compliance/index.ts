export { checkDiagram } from './check-diagram.js';
export { difference, fullValue, isShortened, type Change } from './difference/index.js';
export type { CheckContext, PolicyFacts, RoleFacts } from './context.js';
export { ruleNames, ruleTitles, type CheckReport, type Finding, type RuleName } from './finding.js';
export type { ReplayReport, Reports, RunningCasesReport, ScenarioReport } from './reports.js';
