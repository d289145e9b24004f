export { stretchesOf, type Stretch } from './stretches.js';
export { clockFrom, measured, sharesOf, type MeasuredStretch, type Share, type Took } from './took.js';
