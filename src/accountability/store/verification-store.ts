import { column, insert, type Entity, type Transaction } from '../../platform/database/index.js';
import type { Finding } from '../audit/finding.js';
import type { Verdict } from '../audit/verdict.js';

export interface Verification {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly entries: number;
  readonly streams: number;
  /** Leaves of the tree. */
  readonly size: number;
  readonly holds: boolean;
  /** The verdict in words for people who are no cryptographers. */
  readonly verdict: Verdict;
  /** What was examined, in Chinese. */
  readonly facts: readonly string[];
  /** The first hundred findings. */
  readonly findings: readonly Finding[];
}

export const verificationEntity: Entity<Verification & { readonly id: number }> = {
  name: 'trail_verification',
  columns: {
    id: { ...column.id, type: 'bigint' },
    ...column.each(column.instant, 'startedAt', 'endedAt'),
    ...column.each(column.bigint, 'entries', 'streams', 'size'),
    holds: column.boolean,
    ...column.each(column.jsonb, 'verdict', 'facts', 'findings'),
  },
};

export const saveVerification = (transaction: Transaction, one: Verification): Promise<unknown> =>
  insert(transaction, verificationEntity, one);

export const latestVerification = (transaction: Transaction): Promise<Verification | undefined> =>
  transaction
    .repository(verificationEntity)
    .find({ order: { id: 'DESC' }, take: 1 })
    .then(([latest]) => latest);
