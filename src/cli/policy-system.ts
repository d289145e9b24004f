/** Shared by the `hotline policy` commands. */
import type { System } from '../main.js';
import type { Proposal } from '../law/policy/index.js';
import { withSystem as withOpenSystem } from './with-system.js';

export const policyGroup = ['policy', '政策:法未写明、由有权机关决定的值'] as const;

export const withSystem = (verb: string, work: (system: System) => Promise<string>): Promise<void> =>
  withOpenSystem(`policy ${verb}`, work);

/** One line, or JSON as from the API. */
export async function proposalShown(
  system: System,
  proposal: Proposal,
  json: boolean | undefined,
): Promise<string> {
  const { proposalView } = await import('../http/views/index.js');
  const view = proposalView(system.policies.catalogue.named(proposal.key), proposal);
  return json ? JSON.stringify(view) : proposalInWords(view);
}

const states = { proposed: '待决定', approved: '已批准', rejected: '已否决', withdrawn: '已撤回' };

export function proposalInWords(view: {
  readonly id: number;
  readonly key: string;
  readonly value: string;
  readonly meaning: string;
  readonly effectiveOn: string;
  readonly author: string;
  readonly reason: string;
  readonly state: keyof typeof states;
  readonly ruling: { readonly actor: string; readonly reason: string } | null;
}): string {
  const { id, key, value, meaning, effectiveOn, author, reason, state, ruling } = view;
  const ruled = ruling ? `,${ruling.actor}:${ruling.reason}` : '';
  return `第 ${id} 号:${key} 自 ${effectiveOn} 起改为 ${value}(${meaning});${author} 提出:${reason};${states[state]}${ruled}`;
}
