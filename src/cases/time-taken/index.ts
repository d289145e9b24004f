export { stretchesOf } from './stretches.js';
export { clockFrom, measured, sharesOf, type MeasuredStretch, type TimeTaken } from './time-taken.js';
