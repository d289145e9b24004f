export { dutiesOf, type Duty, type DutyEntry } from './duties.js';
export { dutiesOfTasks, dutyElements } from './duty-elements.js';
export { shippedCatalogue, shippedScenarios } from './shipped.js';
export { recordedVersions, type RecordedVersion } from './store/version-store.js';
export {
  recordedCatalogue,
  recordShippedRegulation,
  regulationFiles,
  regulationStream,
  versionOn,
} from './versions.js';
export * from './model/index.js';
