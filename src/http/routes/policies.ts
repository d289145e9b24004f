import { proposePolicy, rulePolicy } from '../../cases/index.js';
import { roleTitles } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { policyDetailView, policyListView, proposalView } from '../views/policy-view.js';

export function policyHandlers(
  deps: HttpDeps,
): Pick<Handlers, 'listPolicies' | 'readPolicy' | 'proposePolicy' | 'rulePolicy'> {
  const { catalogue } = deps.policies;
  return {
    listPolicies: () => policyListView(deps),
    readPolicy: ({ params: { key } }) => policyDetailView(deps, key),
    proposePolicy: async ({ viewer, params: { key }, body }) => {
      const proposal = await proposePolicy(deps, {
        ...body,
        document: body.document ?? null,
        key,
        author: viewer.actor,
      });
      return proposalView(catalogue.named(key), proposal);
    },
    rulePolicy: async ({ viewer, params: { id }, body }) => {
      if (body.decision !== 'withdraw' && !viewer.roles.includes('compliance-approver')) {
        throw new Refusal('access.denied', '批准和否决不在您的职责之内', {
          remedy: `由担任“${roleTitles['compliance-approver']}”的人办理`,
        });
      }
      const proposal = await rulePolicy(deps, id, { ...body, actor: viewer.actor });
      return proposalView(catalogue.named(proposal.key), proposal);
    },
  };
}
