/** Trials of drafts: bytes, basis, progress, result. */
import type { Reports } from '../../compliance/index.js';
import type { TrialProgress } from '../../rehearsal/index.js';
import { column, IsNull, type Entity, type Transaction } from '../../../platform/database/index.js';

/** Identifies a trial: the draft, and the digest of its basis. */
export interface Tried {
  readonly key: string;
  readonly sha256: string;
  readonly ground: string;
}

export interface TrialState {
  readonly askedAt: Date;
  /** Progress; null before it begins and after it ends. */
  readonly progress: TrialProgress | null;
  /** Null until it has ended. */
  readonly reports: Required<Reports> | null;
  readonly madeAt: Date | null;
}

export const trialEntity: Entity<Tried & TrialState> = {
  name: 'draft_trial',
  columns: {
    ...column.each(column.key.text, 'key', 'sha256', 'ground'),
    askedAt: column.instant,
    ...column.each(column.nullable.json, 'progress', 'reports'),
    madeAt: column.nullable.instant,
  },
};

export const readTrial = (
  transaction: Transaction,
  { key, sha256, ground }: Tried,
): Promise<TrialState | null> => transaction.repository(trialEntity).findOneBy({ key, sha256, ground });

/** Starts the trial, or restarts it: earlier results are discarded. */
export const beginTrial = (transaction: Transaction, tried: Tried, askedAt: Date): Promise<unknown> =>
  write(transaction, { ...tried, askedAt, progress: null, reports: null, madeAt: null }, 'asked_at');

export const finishTrial = (
  transaction: Transaction,
  tried: Tried,
  reports: Required<Reports>,
  madeAt: Date,
): Promise<unknown> => write(transaction, { ...tried, askedAt: madeAt, progress: null, reports, madeAt });

const write = (
  transaction: Transaction,
  trial: Tried & TrialState,
  ...also: 'asked_at'[]
): Promise<unknown> =>
  transaction
    .repository(trialEntity)
    .createQueryBuilder()
    .insert()
    .values(trial)
    .orUpdate(['progress', 'reports', 'made_at', ...also], ['key', 'sha256', 'ground'])
    .execute();

export async function noteTrialProgress(
  transaction: Transaction,
  { key, sha256, ground }: Tried,
  progress: TrialProgress,
): Promise<void> {
  await transaction.repository(trialEntity).update({ key, sha256, ground, madeAt: IsNull() }, { progress });
}
