export {
  approvers,
  editors,
  inTime,
  isSamePerson,
  leastNotice,
  twoPersonDecision,
  type Officer,
  type Person,
} from './decision.js';
export { proposalStates } from './states/index.js';
export { proposalDecision, proposalState, type Proposed, type Ruling, type Verdict } from './proposal.js';
