/** How each policy stands: what is in force, on whose decision, what will be, what is proposed. */
import type { CivilDate } from '../calendar/index.js';
import { meaningOf, type PolicyDefinition } from './catalogue.js';
import { takesEffectAt } from './in-force.js';
import type { Proposal } from './store/policy-store.js';

export interface PolicyStanding {
  readonly definition: PolicyDefinition;
  readonly value: string;
  /** In Chinese. */
  readonly meaning: string;
  /** Undefined while the shipped decision stands. */
  readonly decision: Proposal | undefined;
  /** From this day; null while the shipped decision stands. */
  readonly since: CivilDate | null;
  /** Approved and still to take effect, in their order. */
  readonly scheduled: readonly Proposal[];
  /** Nobody has ruled on them yet. */
  readonly open: readonly Proposal[];
}

/** @param proposals as `listProposals` orders them */
export function standingOf(
  definition: PolicyDefinition,
  proposals: readonly Proposal[],
  now: Date,
): PolicyStanding {
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

/** The version of the set in force: 1 as shipped, one more with every decision that has taken effect. */
export const versionOf = (proposals: readonly Proposal[], now: Date): number =>
  1 + proposals.filter((one) => isApproved(one) && hasTakenEffect(one, now)).length;

const isApproved = ({ ruling }: Proposal): boolean => ruling?.decision === 'approve';
const hasTakenEffect = ({ effectiveOn }: Proposal, now: Date): boolean => takesEffectAt(effectiveOn) <= now;
