/** Trials of drafts: of which bytes, on which ground, how far it has come, what came of it. */
import type { Reports } from '../../compliance/index.js';
import type { TrialProgress } from '../../rehearsal/index.js';
import type { Transaction } from '../../persistence/index.js';

/** Whose bytes, and the digest of what they are tried on. */
export interface Tried {
  readonly key: string;
  readonly sha256: string;
  readonly ground: string;
}

export interface TrialState {
  readonly askedAt: Date;
  /** How far it has come; null before it begins and where it is over. */
  readonly progress: TrialProgress | null;
  /** Null until it is over. */
  readonly reports: Required<Reports> | null;
  readonly madeAt: Date | null;
}

export async function readTrial(
  transaction: Transaction,
  { key, sha256, ground }: Tried,
): Promise<TrialState | undefined> {
  const [row] = await transaction.query<TrialState>(
    `SELECT asked_at AS "askedAt", progress, reports, made_at AS "madeAt" FROM draft_trial
      WHERE key = $1 AND sha256 = $2 AND ground = $3`,
    [key, sha256, ground],
  );
  return row;
}

/** Begins it, or begins it anew: what was found out before counts no longer. */
export async function beginTrial(
  transaction: Transaction,
  { key, sha256, ground }: Tried,
  at: Date,
): Promise<void> {
  await transaction.query(
    `INSERT INTO draft_trial (key, sha256, ground, asked_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (key, sha256, ground)
     DO UPDATE SET asked_at = excluded.asked_at, progress = NULL, reports = NULL, made_at = NULL`,
    [key, sha256, ground, at],
  );
}

export async function noteTrialProgress(
  transaction: Transaction,
  { key, sha256, ground }: Tried,
  progress: TrialProgress,
): Promise<void> {
  await transaction.query(
    `UPDATE draft_trial SET progress = $4
      WHERE key = $1 AND sha256 = $2 AND ground = $3 AND made_at IS NULL`,
    [key, sha256, ground, JSON.stringify(progress)],
  );
}

export async function finishTrial(
  transaction: Transaction,
  { key, sha256, ground }: Tried,
  reports: Required<Reports>,
  at: Date,
): Promise<void> {
  await transaction.query(
    `INSERT INTO draft_trial (key, sha256, ground, asked_at, reports, made_at)
     VALUES ($1, $2, $3, $5, $4, $5)
     ON CONFLICT (key, sha256, ground) DO UPDATE SET progress = NULL, reports = $4, made_at = $5`,
    [key, sha256, ground, JSON.stringify(reports), at],
  );
}
