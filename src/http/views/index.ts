/** Views that the command line uses, too. They load no web server. */
import { policyDetail, policyList, policyProposal } from '../contract/policy.js';
import { retention } from '../contract/retention.js';
import { encoded } from '../encode.js';
import * as policies from './policy-view.js';
import * as erasures from './retention-view.js';

type Given<View extends (...given: never[]) => unknown> = Parameters<View>;

export const policyListView = async (...given: Given<typeof policies.policyListView>) =>
  encoded(policyList, await policies.policyListView(...given));
export const policyDetailView = async (...given: Given<typeof policies.policyDetailView>) =>
  encoded(policyDetail, await policies.policyDetailView(...given));
export const proposalView = (...given: Given<typeof policies.proposalView>) =>
  encoded(policyProposal, policies.proposalView(...given));
export const retentionView = async (...given: Given<typeof erasures.retentionView>) =>
  encoded(retention, await erasures.retentionView(...given));
