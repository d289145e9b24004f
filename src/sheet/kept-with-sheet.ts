import { callerNames } from './caller.js';
import { placeSeal } from './place.js';
import { wordSeals } from './words.js';

/** Digests of what is kept in the sheet's own rows: no sealed text belongs to them. */
export const keptWithSheet: ReadonlySet<string> = new Set([
  ...wordSeals,
  ...Object.values(callerNames),
  placeSeal,
]);
