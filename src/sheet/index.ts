export * from './caller.js';
export {
  isInside,
  pointFault,
  toWgs84,
  type CoordinateSystem,
  type GivenPoint,
  type LonLat,
} from './coordinates.js';
export {
  checkedPlace,
  isSamePlace,
  isTheCallers,
  placeLine,
  placeSeal,
  type GivenPlace,
  type Place,
} from './place.js';
export * from './work-order.js';
export { keptWithSheet } from './kept-with-sheet.js';
export { alteredWords, wordNames, wordSeals, type Words } from './words.js';
export { bySheet } from './by-sheet.js';
export { callerProjector } from './caller-projector.js';
export { mergeProjector, wordsProjector } from './projectors.js';
export { wordRows } from './store/word-rows.js';
export * from './correctable.js';
export { callerBeforeVaultTable, type CallerBefore } from './store/correct-sheet.js';
export { createSheets } from './store/sheet-store.js';
export { findNarrowed, narrowedSheets, type Narrowing } from './store/narrowed-sheets.js';
export type { SheetMark, Sheets } from './store/sheet-store.js';
export {
  isEarlierSheet,
  nearbySheets,
  sheetsAround,
  callersOf,
  othersOfCaller,
  similarSheets,
  trigramsKnowChinese,
  type NearbySheet,
  type SheetGist,
} from './store/similar-sheets.js';
export { eraseCallerRow, hasCaller, type OpenedCaller } from './store/caller-rows.js';
export { callerVaultTable } from './store/caller-vault-table.js';
export * from './store/idempotency-store.js';
export {
  likenessToGroup,
  readGroup,
  readMatter,
  type Ground,
  type Likeness,
  type MatterTraits,
  type Reach,
  type ReadGroup,
} from './same-matter.js';
export { matterCandidates, mattersOf, type MatterOfSheet } from './store/same-matter-candidates.js';
export { leadOf, membersOf, mergedSheets, type MergedSheet } from './store/merged-sheets.js';
export {
  addCarriedAct,
  carriedBy,
  nextCarried,
  settleCarried,
  type Carried,
  type CarriedMember,
} from './store/carried-acts.js';
export { namesInAddress } from './place-names.js';
