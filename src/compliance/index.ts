export { checkDiagram } from './check-diagram.js';
export { difference } from './difference/difference.js';
export type { CheckContext, PolicyFacts, RoleFacts } from './context.js';
export { isShortened, fullValue } from './difference/full-value.js';
export type { Change } from './difference/change.js';
export { ruleNames, ruleTitles, type CheckReport, type Finding, type RuleName } from './finding.js';
export type { ReplayReport, Reports, RunningCasesReport, ScenarioReport } from './reports.js';
