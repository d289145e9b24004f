export { proposeMethod, ruleMethod } from './change-method.js';
export { closeDuePeriods, closePeriod, runKey } from './close-period.js';
export { applyForExclusion, ruleOnExclusion } from './exclusions.js';
export { recomputePeriod } from './recompute.js';
