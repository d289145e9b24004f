export { difference } from './difference.js';
export { isShortened, fullValue } from './full-value.js';
export type { Change } from './change.js';
export { deedTitle, clockTitle, noWords, type LawWords } from './law-words.js';
