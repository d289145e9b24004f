export { answersTo } from './answers-to.js';
export { checkPackage } from './check.js';
export type { PackageFinding } from './finding.js';
export { assertWhole, draftAnswers, newPackage, readActs, readAnswers } from './new/index.js';
export { readLaw } from '../../law/regulation/index.js';
