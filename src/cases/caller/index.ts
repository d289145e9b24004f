export {
  addFromCaller,
  mayRate,
  mayUrge,
  rateFromCaller,
  ratings,
  tellFromCaller,
  urgeFromCaller,
} from './acts.js';
export { doorSettings, type Door } from './door.js';
export { fileMatter } from './file-matter.js';
export { challenge } from './work.js';
