import { callerNames } from './caller.js';
import { placeSeal } from './place.js';
import { wordSeals } from './words.js';

/** Digests of data in the sheet's own rows, which have no sealed texts. */
export const keptWithSheet: ReadonlySet<string> = new Set([
  ...wordSeals,
  ...Object.values(callerNames),
  placeSeal,
]);
