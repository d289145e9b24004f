export { namesRead } from './changeable.js';
export {
  approveIntervention,
  outlookOf,
  possibleInterventions,
  proposeIntervention,
  withdrawIntervention,
  type InterventionDeps,
  type Outlook,
  type Possible,
} from './intervene.js';
export { interventionDecision, openProposals, type Proposal } from './proposals.js';
export { whatFollows, whatItChanges } from './in-words.js';
