export { compareSources } from './compare-sources.js';
export { difference } from './difference.js';
export { isShortened, fullValue } from './full-value.js';
export { merge, type Choice, type Merged } from './merge.js';
export type { Change } from './change.js';
export { deedTitle, clockTitle, noWords, type LawWords } from './law-words.js';
