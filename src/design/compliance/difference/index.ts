export { compareSources } from './compare-sources.js';
export { difference } from './difference.js';
export { isShortened, fullValue } from './full-value.js';
export { mergeSources } from './merge-sources.js';
export type { Choice, Choices, Merged, Sides } from './merged.js';
export type { Change } from './change.js';
export { deedTitle, clockTitle, noWords, type LawWords } from './law-words.js';
