export { levelOf } from './execution/lights.js';
export * from './model/index.js';
export * from './ports.js';
export * from './runtime/interface.js';
export { feel } from './model/feel.js';
export { libraryRuntime, tokenRuntime } from './runtime/index.js';
export { defectsAt, libraryDefects } from './runtime/library/defects.js';
export { refusalOf } from './execution/hold.js';
export { deadlineKey, inDueOrder } from './execution/case-file.js';
export type { CaseFile, OpenDeadline, OpenTask } from './execution/case-file.js';
export { variablesSeenBy } from './execution/own-variables.js';
export { hindrancesOf } from './execution/move-case.js';
export { outdated, owningIn, tokensOf, type OwningToken, type RestingToken } from './execution/intervene.js';
export type { Answer, Command, Intervention, Recompute, StartCase, WrongCard } from './execution/command.js';
export { nextPrepared } from './execution/timer-starts.js';
export { movedDeadlines } from './execution/recompute.js';
export type { Definitions, DeployedDefinition } from './execution/definitions.js';
export { definitionSet, type DefinitionSet } from './execution/definition-set.js';
export { caseInMemory, type CaseInMemory, type InMemoryDeps } from './execution/in-memory.js';
export { createExecutor } from './executor.js';
export type { Executor } from './executor.js';
export { observedExecutor } from './observed-executor.js';
export { deploy, deployApproved, lockDeployments } from './deployment/deploy.js';
export type { DeployDeps, Deployment } from './deployment/deploy.js';
export { createClockWatch, type ClockWatch } from './scheduler/clock-watch.js';
export { createScheduler } from './scheduler/scheduler.js';
export { casesCrossing, liveCaseIds, type Span } from './store/affected-cases.js';
export { stateDigest } from './store/case-state.js';
export type { Placing } from './store/case-changes.js';
export { caseTables, differingCases, strayCases } from './store/differing-cases.js';
export { definitionTable, incidentTable } from './store/recorded-tables.js';
export { deadlineReasons, loadCases, loadCasesByKey, lockCases } from './store/case-store.js';
export { createDefinitionStore, diagramSource, sourcesInForce } from './store/definition-store.js';
export type { DefinitionStore } from './store/definition-store.js';
export { isSelfStarted } from './store/due-starts.js';
export { countTasks, lights, listTasks } from './store/task-store.js';
export type {
  Doer,
  Light,
  SqlCondition,
  TaskOrder,
  WorklistFilter,
  WorklistRow,
} from './store/task-store.js';
export { barredCases } from './store/case-barred.js';
