/** Supervision as the case's trail records it, from the lists written last. */
import type { Said } from '../contract/operation.js';
import { computedOf, listIn, type ReadableEntry } from '../../accountability/events/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import type { caseFile } from '../contract/case.js';

export function supervisionView(trail: readonly ReadableEntry[]): Said<typeof caseFile>['supervision'] {
  const computed = trail.map(computedOf);
  // Earlier lists may have been redated or withdrawn.
  const newest = (name: string): readonly JsonObject[] =>
    listIn(computed.findLast((one) => Array.isArray(one[name])) ?? {}, name).filter(isJsonObject);
  return {
    orders: newest('supervisionOrders').flatMap(({ ground, at, withdrawnAt }) => {
      const issuedAt = instantOf(at);
      return typeof ground === 'string' && issuedAt !== undefined
        ? [{ ground, at: issuedAt, withdrawn: withdrawnAt !== undefined }]
        : [];
    }),
    lapses: newest('overdueFacts').flatMap(({ clock, at }) => {
      const passedAt = instantOf(at);
      return (clock === 'reply' || clock === 'completion') && passedAt !== undefined
        ? [{ clock, at: passedAt }]
        : [];
    }),
    evidence: [
      ...new Set(
        computed
          .flatMap((one) => listIn(one, 'supervisionEvidence'))
          .filter((seq) => typeof seq === 'number'),
      ),
    ],
  };
}

const instantOf = (value: Json | undefined): Date | undefined => {
  const at = typeof value === 'string' ? new Date(value) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
};
