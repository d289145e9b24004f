import type { Said } from '../contract/operation.js';
import {
  listProposals,
  meaningOf,
  policyStatus,
  versionOf,
  type PolicyDefinition,
  type PolicyStatus,
  type Proposal,
} from '../../law/policy/index.js';
import type { policyDetail, policyList, policyProposal } from '../contract/policy.js';
import type { HttpDeps } from '../deps.js';
import { provisionLabel } from '../../law/regulation/model/index.js';

type ProposalView = Said<typeof policyProposal>;

const states = { approve: 'approved', reject: 'rejected', withdraw: 'withdrawn' } as const;

export function proposalView(definition: PolicyDefinition, proposal: Proposal): ProposalView {
  const { ruling } = proposal;
  return {
    ...proposal,
    meaning: meaningOf(definition, proposal.value),
    state: ruling ? states[ruling.decision] : 'proposed',
  };
}

type Reading = Pick<HttpDeps, 'clock' | 'database' | 'policies'>;

/** Values in force, with the version of the set. */
export async function policyListView(deps: Reading): Promise<Said<typeof policyList>> {
  const proposals = await deps.database.transaction(listProposals);
  const now = deps.clock.now();
  const standing = (definition: PolicyDefinition) => policyStatus(definition, proposals, now);
  const items = deps.policies.catalogue.all.map((definition) => policyView(standing(definition)));
  return { version: versionOf(proposals, now), items };
}

/** @throws {Refusal} `policy.not-found` */
export async function policyDetailView(deps: Reading, key: string): Promise<Said<typeof policyDetail>> {
  const definition = deps.policies.catalogue.named(key);
  const proposals = await deps.database.transaction(listProposals);
  const own = proposals.filter((proposal) => proposal.key === key);
  return {
    ...policyView(policyStatus(definition, own, deps.clock.now())),
    history: own.map((proposal) => proposalView(definition, proposal)),
  };
}

function policyView(standing: PolicyStatus): Said<typeof policyList>['items'][number] {
  const { definition, decision } = standing;
  const { article, kind } = definition;
  const view = (proposal: Proposal) => proposalView(definition, proposal);
  return {
    ...definition,
    ...standing,
    article: { id: article, label: provisionLabel(article) },
    choices:
      kind === 'choice'
        ? Object.entries(definition.choices).map(([name, told]) => ({ value: name, label: told }))
        : [],
    unit: kind === 'length' ? definition.unit : null,
    least: kind === 'length' || kind === 'count' ? definition.least : null,
    most: kind === 'length' || kind === 'count' ? definition.most : null,
    author: decision?.author ?? definition.author,
    approver: decision?.ruling?.actor ?? null,
    reason: decision?.reason ?? definition.reason,
    document: decision?.document ?? null,
    scheduled: standing.scheduled.map(view),
    open: standing.open.map(view),
  };
}
