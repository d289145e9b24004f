import { proposePolicy, rulePolicy } from '../../casework/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { policyDetailView, policyListView, proposalView } from '../views/policy-view.js';

export function policyHandlers(
  deps: HttpDeps,
): Pick<Handlers, 'listPolicies' | 'readPolicy' | 'proposePolicy' | 'rulePolicy'> {
  const { catalogue } = deps.policies;
  return {
    listPolicies: async () => ({ status: 200, body: await policyListView(deps) }),
    readPolicy: async ({ params: { key } }) => ({ status: 200, body: await policyDetailView(deps, key) }),
    proposePolicy: async ({ params: { key }, body }) => {
      const proposal = await proposePolicy(deps, { ...body, document: body.document ?? null, key });
      return { status: 201, body: proposalView(catalogue.named(key), proposal) };
    },
    rulePolicy: async ({ params: { id }, body }) => {
      const proposal = await rulePolicy(deps, id, body);
      return { status: 200, body: proposalView(catalogue.named(proposal.key), proposal) };
    },
  };
}
