import { proposePolicy, rulePolicy } from '../../cases/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { policyDetailView, policyListView, proposalView } from '../views/policy-view.js';

export function policyHandlers(
  deps: HttpDeps,
): Pick<Handlers, 'listPolicies' | 'readPolicy' | 'proposePolicy' | 'rulePolicy'> {
  const { catalogue } = deps.policies;
  return {
    listPolicies: ({ viewer }) => policyListView(deps, viewer),
    readPolicy: ({ viewer, params: { key } }) => policyDetailView(deps, key, viewer),
    proposePolicy: async ({ viewer, params: { key }, body }) => {
      const request = { ...body, document: body.document ?? null, key };
      return proposalView(catalogue.named(key), await proposePolicy(deps, request, viewer), viewer);
    },
    rulePolicy: async ({ viewer, params: { id }, body }) => {
      const proposal = await rulePolicy(deps, id, body, viewer);
      return proposalView(catalogue.named(proposal.key), proposal, viewer);
    },
  };
}
