export { methodDecision, proposeMethod, ruleMethod } from './change-method.js';
export { closeDuePeriods, closePeriod, closesAt, isSettled, runKey } from './close-period.js';
export {
  applyForExclusion,
  exclusionDecision,
  isClosed,
  possibleRulings,
  ruleOnExclusion,
  type Official,
} from './exclusions.js';
export { recomputePeriod } from './recompute.js';
export {
  completeRunTask,
  decideObjection,
  isRuling,
  objectionGrounds,
  poorUnitOf,
  raiseObjection,
  readRun,
  type ObjectionGround,
} from './run.js';
