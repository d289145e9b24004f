export * from './act.js';
export type { RadarDeps } from './append-entry.js';
export { look, type Hypothesis } from './look.js';
export { patternKeys, type PatternKey } from './model/index.js';
export { radarRules, rulesOfPattern } from './rules.js';
export { lastLook, lookNow, runRadar } from './run.js';
export {
  decisionsOn,
  findQuestion,
  listHypotheses,
  placesOf,
  questionsAbout,
  questionsTo,
  type Question,
  type StoredHypothesis,
} from './store/radar-store.js';
export { chanceOf, sentenceOf } from './words.js';
export { radarProjectors } from './projectors.js';
