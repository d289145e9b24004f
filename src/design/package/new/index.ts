export { readActs } from './acts.js';
export { draftAnswers, readAnswers } from './draft.js';
export {
  answerPackageDraft,
  createPackageDraft,
  packageFile,
  viewPackageDraft,
  wordsOfBase,
  type PackageDraftView,
} from './drafts.js';
export { assertWhole, newPackage } from './write.js';
export { packageDraft, packageDrafts, removePackageDraft } from '../store/package-draft-store.js';
export { limitCases } from './cases.js';
