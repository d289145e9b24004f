export { answersTo } from './answers-to.js';
export { checkPackage } from './check.js';
export type { PackageFinding } from './finding.js';
export { readActs } from './new/acts.js';
export { draftAnswers, readAnswers } from './new/draft.js';
export { assertWhole, newPackage } from './new/write.js';
export { readLaw } from '../../law/regulation/index.js';
