export { stretchesOf } from './stretches.js';
export { clockFrom, measured, sharesOf, type MeasuredStretch, type Took } from './took.js';
