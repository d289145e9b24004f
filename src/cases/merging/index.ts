export { mergeSheets, unmergeSheet } from './merge.js';
export { mergingOf, proposeForDraft, proposeForSheet, type MergeProposal } from './propose.js';
export { carryingJob, doWithMembers } from './carry.js';
