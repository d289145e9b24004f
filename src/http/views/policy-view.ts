import type { Said } from '../contract/operation.js';
import {
  listProposals,
  meaningOf,
  policyDecision,
  policyStatus,
  versionOf,
  type Catalogue,
  type PolicyDefinition,
  type PolicyStatus,
  type Proposal,
} from '../../law/policy/index.js';
import { proposalState, type Officer } from '../../law/two-person/index.js';
import type { policyDetail, policyList, policyProposal } from '../contract/policy.js';
import type { HttpDeps } from '../deps.js';
import { provisionView } from './provision-view.js';

type ProposalView = Said<typeof policyProposal>;

/** The reader on the command line. */
const nobody: Officer = { login: '', actor: '', roles: [] };

export function proposalView(
  definition: PolicyDefinition,
  proposal: Proposal,
  reader = nobody,
): ProposalView {
  return {
    ...proposal,
    meaning: meaningOf(definition, proposal.value),
    state: proposalState(proposal),
    possible: policyDecision.possible(proposal, reader),
  };
}

type Reading = Pick<HttpDeps, 'clock' | 'database' | 'policies'>;

/** Values in force, with the version of the set. */
export async function policyListView(deps: Reading, reader = nobody): Promise<Said<typeof policyList>> {
  const proposals = await deps.database.transaction(listProposals);
  const now = deps.clock.now();
  const { catalogue } = deps.policies;
  const items = catalogue.all.map((definition) =>
    policyView(catalogue, policyStatus(definition, proposals, now), reader),
  );
  return { version: versionOf(proposals, now), items };
}

/** @throws {Refusal} `policy.not-found` */
export async function policyDetailView(
  deps: Reading,
  key: string,
  reader = nobody,
): Promise<Said<typeof policyDetail>> {
  const definition = deps.policies.catalogue.named(key);
  const proposals = await deps.database.transaction(listProposals);
  const own = proposals.filter((proposal) => proposal.key === key);
  return {
    ...policyView(deps.policies.catalogue, policyStatus(definition, own, deps.clock.now()), reader),
    history: own.map((proposal) => proposalView(definition, proposal, reader)),
  };
}

function policyView(
  catalogue: Catalogue,
  standing: PolicyStatus,
  reader: Officer,
): Said<typeof policyList>['items'][number] {
  const { definition, decision } = standing;
  const { article, kind } = definition;
  const view = (proposal: Proposal) => proposalView(definition, proposal, reader);
  return {
    ...definition,
    ...standing,
    article: provisionView(article),
    shippedBy: catalogue.isBase(definition.key) ? 'base' : 'city',
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
