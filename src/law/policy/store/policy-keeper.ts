/**
 * The policies in use, reloaded at most once a second. A decision is approved at least a minute
 * before it takes effect, so no case starts with an incomplete set.
 */
import type { Clock } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';
import { shippedPolicies, type Catalogue } from '../catalogue.js';
import { policiesOf, type Decision } from '../in-force.js';
import { approvedDecisions } from './policy-store.js';
import type { Policies } from '../../../kernel/timer-spec.js';

export interface PolicyKeeper extends Policies {
  readonly catalogue: Catalogue;
  /** Decisions as of the last refresh; `policiesOf` builds the same policies elsewhere. */
  readonly decisions: () => readonly Decision[];
  readonly refresh: (transaction: Transaction) => Promise<void>;
}

const refreshEvery = 1000;

export function createPolicyKeeper(clock: Clock): PolicyKeeper {
  const catalogue = shippedPolicies();
  let known: readonly Decision[] = [];
  let policies = policiesOf(catalogue, []);
  let readAt = Number.NEGATIVE_INFINITY;
  return {
    catalogue,
    decisions: () => known,
    at: (instant) => policies.at(instant),
    refresh: async (transaction) => {
      const now = clock.now().getTime();
      // Absolute difference, because the clock may be set back.
      if (Math.abs(now - readAt) < refreshEvery) return;
      const decisions = await approvedDecisions(transaction);
      // Decisions are only added, so a reply with fewer is older and is dropped.
      if (decisions.length > known.length) {
        policies = policiesOf(catalogue, decisions);
        known = decisions;
      }
      readAt = now;
    },
  };
}
