export {
  addFromCaller,
  mayRate,
  mayUrge,
  rateFromCaller,
  ratings,
  tellFromCaller,
  urgeFromCaller,
} from './acts.js';
export { waitsIn } from './waits.js';
