export {
  checkValue,
  meaningOf,
  shippedPolicies,
  type Catalogue,
  type PolicyDefinition,
} from './catalogue.js';
export { policiesOf, takesEffectAt, type Decision } from './in-force.js';
export { standingOf, versionOf, type PolicyStanding } from './standing.js';
export { createPolicyKeeper, type PolicyKeeper } from './store/policy-keeper.js';
export {
  addProposal,
  addRuling,
  policyEntities,
  listProposals,
  readProposal,
  type Proposal,
  type Verdict,
} from './store/policy-store.js';
