export { namesRead } from './changeable.js';
export * from './intervene.js';
export { interventionDecision, openProposals, type Proposal } from './proposals.js';
export { whatFollows, whatItChanges } from './in-words.js';
