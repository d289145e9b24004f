/**
 * The policies in use: the shipped decisions and those approved since, read again at most every second. A decision is
 * approved at least a minute before it takes effect, so no case starts under a set that was not complete.
 */
import type { Clock } from '../../kernel/index.js';
import type { Transaction } from '../../persistence/index.js';
import { shippedPolicies, type Catalogue } from '../catalogue.js';
import { policiesOf, type Decision, type Policies } from '../in-force.js';
import { approvedDecisions } from './policy-store.js';

export interface PolicyKeeper extends Policies {
  readonly catalogue: Catalogue;
  /** Those approved, as of the last refresh: with the catalogue they make the same policies elsewhere (`policiesOf`). */
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
      // A clock may also be set back.
      if (Math.abs(now - readAt) < refreshEvery) return;
      const decisions = await approvedDecisions(transaction);
      // Decisions are only ever added. An answer that was overtaken on its way is no news.
      if (decisions.length > known.length) {
        policies = policiesOf(catalogue, decisions);
        known = decisions;
      }
      readAt = now;
    },
  };
}
