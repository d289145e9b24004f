/** Result of a trial, identified by the draft's bytes and the basis of the trial. */
import { z } from 'zod';
import type { Reports } from '../compliance/index.js';
import { defineJob, jobOfKey } from '../../platform/jobs/index.js';
import type { Draft } from './draft.js';
import type { GovernanceDeps } from './drafts.js';
import { dayOf } from './law-to-come.js';
import { readDraft } from './store/draft-store.js';
import { readTrial, type TrialState } from './store/trial-store.js';

export const trialJob = defineJob(
  'draft.trial',
  z.strictObject({ draft: z.int().positive(), revision: z.int().positive() }),
  {
    title: '试跑草案',
    subject: ({ draft, revision }) => `第 ${draft} 号草案第 ${revision} 稿`,
    attempts: 3,
  },
);

/** One job per process and bytes. */
export const trialKey = ({ key, sha256 }: Pick<Draft, 'key' | 'sha256'>): string =>
  `${trialJob.name} ${key} ${sha256}`;

/** @returns null if nobody has ordered it on this basis */
export async function trialOf(
  { clock, database, ground }: Pick<GovernanceDeps, 'clock' | 'database' | 'ground'>,
  draft: Pick<Draft, 'id' | 'key' | 'origin' | 'sha256'>,
): Promise<TrialState | null> {
  const { key, sha256 } = draft;
  const { digest } = await ground(await dayOf({ database, clock }, draft));
  return database.transaction((transaction) => readTrial(transaction, { key, sha256, ground: digest }));
}

/** Reports for the checks. */
export const reportsOf = (trial: TrialState | null): Reports => trial?.reports ?? {};

export type TrialStatus =
  /** No trial was ordered on this basis, or an operator cancelled it. */
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly trial: TrialState }
  /** All attempts failed; the trial continues only if it is ordered again. */
  | {
      readonly state: 'failed';
      readonly trial: TrialState;
      readonly attempts: number;
      readonly reason: string;
    }
  | { readonly state: 'made'; readonly trial: TrialState };

/** @throws {Refusal} `draft.not-found` */
export async function viewTrial(deps: GovernanceDeps, id: number): Promise<TrialStatus> {
  const now = deps.clock.now();
  // The job is read first: if it ends meanwhile, its reports are already stored.
  const { draft, job } = await deps.database.transaction(async (transaction) => {
    const draft = await readDraft(transaction, id, now);
    return { draft, job: await jobOfKey(transaction, trialKey(draft)) };
  });
  const trial = await trialOf(deps, draft);
  if (trial?.reports) return { state: 'made', trial };
  if (!trial || !job) return { state: 'none' };
  if (!job.isFailed) return { state: 'running', trial };
  return { state: 'failed', trial, attempts: job.attempts, reason: job.error ?? '做试跑的程序中途退出了' };
}
