export { dutiesOf, type Duty, type DutyEntry } from './duties.js';
export { dutiesOfTasks, dutyElements } from './duty-elements.js';
export { shippedCatalogue, shippedScenarios } from './shipped.js';
export * from './model/index.js';
