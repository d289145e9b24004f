export {
  checkValue,
  meaningOf,
  shippedPolicies,
  type Catalogue,
  type PolicyDefinition,
} from './catalogue.js';
export { policiesOf, takesEffectAt, type Decision } from './in-force.js';
export { policyDecision, policyStatus, versionOf, type PolicyStatus } from './status.js';
export { proposalProjector, rulingProjector } from './projectors.js';
export { createPolicyKeeper, type PolicyKeeper } from './store/policy-keeper.js';
export {
  addProposal,
  addRuling,
  policyEntities,
  isAsProposed,
  listProposals,
  readProposal,
  type Proposal,
} from './store/policy-store.js';
