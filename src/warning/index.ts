export { actOnWarning, answerStudy, suggestStudy } from './act.js';
export { sorts, type Sort } from './decide.js';
export { boundariesOf, districtMap } from './district-map.js';
export { loadBoundaries } from './load-boundaries.js';
export { warningStream } from './enter.js';
export { hotSpots, type HotSpot } from './hot-spots.js';
export { followMatters, takeIn } from './keep-matters.js';
export { countedSince, matterCells, weekCounts, type MatterCell } from './store/spread-store.js';
export { countSuggestions, listSuggestions, type Suggestion } from './store/study-store.js';
export {
  actsOn,
  findWarning,
  listWarnings,
  sheetsBehind,
  sheetsOfMatter,
  warningActs,
  type DoneAct,
  type SheetOfMatter,
  type Warning,
} from './store/warning-store.js';
export { emergenciesIn } from './emergencies.js';
export { thresholdsOf, type Thresholds } from './thresholds.js';
export { kindName, titleOf } from './title.js';
