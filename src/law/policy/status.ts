/** State of each policy: value in force, its decision, scheduled and open proposals. */
import type { CivilDate } from '../../kernel/civil-date.js';
import { editors, proposalDecision, proposalState } from '../two-person/index.js';
import { meaningOf, type PolicyDefinition } from './catalogue.js';
import { takesEffectAt } from './in-force.js';
import type { Proposal } from './store/policy-store.js';

export interface PolicyStatus {
  readonly definition: PolicyDefinition;
  readonly value: string;
  /** In Chinese. */
  readonly meaning: string;
  /** Undefined: the shipped decision is in force. */
  readonly decision: Proposal | undefined;
  /** Null: the shipped decision is in force. */
  readonly since: CivilDate | null;
  /** Approved, not yet in effect, ascending. */
  readonly scheduled: readonly Proposal[];
  /** Not yet ruled on. */
  readonly open: readonly Proposal[];
}

/** @param proposals as `listProposals` orders them */
export function policyStatus(
  definition: PolicyDefinition,
  proposals: readonly Proposal[],
  now: Date,
): PolicyStatus {
  const own = proposals.filter(({ key }) => key === definition.key);
  const decision = own.findLast((one) => isApproved(one) && hasTakenEffect(one, now));
  const value = decision?.value ?? definition.value;
  return {
    definition,
    value,
    meaning: meaningOf(definition, value),
    decision,
    since: decision?.effectiveOn ?? null,
    scheduled: own.filter((one) => isApproved(one) && !hasTakenEffect(one, now)),
    open: own.filter(({ ruling }) => ruling === null),
  };
}

/** Version of the set in force: 1 as shipped, incremented by every decision that takes effect. */
export const versionOf = (proposals: readonly Proposal[], now: Date): number =>
  1 + proposals.filter((one) => isApproved(one) && hasTakenEffect(one, now)).length;

export const policyDecision = proposalDecision('政策提案', editors, {
  code: 'policy.not-yours',
  settled: 'policy.settled',
});

const isApproved = (proposal: Proposal): boolean => proposalState(proposal) === 'approved';
const hasTakenEffect = ({ effectiveOn }: Proposal, now: Date): boolean => takesEffectAt(effectiveOn) <= now;
