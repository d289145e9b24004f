export {
  addFromCaller,
  mayRate,
  mayUrge,
  rateFromCaller,
  ratings,
  tellFromCaller,
  urgeFromCaller,
} from './acts.js';
export { filingSettings, type FilingSettings } from './filing-settings.js';
export { fileMatter } from './file-matter.js';
export { challenge } from './work.js';
