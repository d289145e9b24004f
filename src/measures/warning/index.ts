export { actOnWarning, answerStudy, suggestStudy } from './act.js';
export { loadBoundaries } from './load-boundaries.js';
export { hotSpots } from './hot-spots.js';
export { followMatters } from './follow-matters.js';
export { countedFrom } from './store/matter-store.js';
export { matterCells, weekCounts, type MatterCell } from './store/spread-store.js';
export { countSuggestions, listSuggestions } from './store/study-store.js';
export {
  actsOn,
  findWarning,
  listWarnings,
  sheetsBehind,
  sheetsOfMatter,
  type DoneAct,
  type SheetOfMatter,
  type Warning,
} from './store/warning-store.js';
export { thresholdsOf } from './thresholds.js';
export { kindName, titleOf } from './title.js';
export { warningEntities } from './store/entities.js';
export { warningProjectors, warningStream } from './projectors.js';
