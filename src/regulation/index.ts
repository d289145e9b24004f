export { dutiesOf, stateAt, type Duty, type DutyEntry, type DutyState } from './duties.js';
export { dutiesOfTasks, dutyElements } from './duty-elements.js';
export { followDuties, rebuildDuties } from './keep-duties.js';
export { loadOfficialText } from './load-text.js';
export { shippedCatalogue, shippedScenarios } from './shipped.js';
export {
  keptDuties,
  violatedDuties,
  type KeptDuty,
  type ViolatedDuty,
  type ViolatedQuestion,
} from './store/duty-store.js';
export { textOfVersion, type LoadedText } from './store/text-store.js';
export { recordedVersions, type RecordedVersion } from './store/version-store.js';
export {
  recordedCatalogue,
  recordShippedRegulation,
  regulationFiles,
  regulationStream,
  versionOn,
} from './versions.js';
export * from './model/index.js';
