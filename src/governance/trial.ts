/**
 * What came of trying a draft: known by its bytes and by what they were tried on, so that nothing else passes for it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CalendarKeeper, CalendarSource } from '../calendar/index.js';
import type { Reports } from '../compliance/index.js';
import { sourcesInForce } from '../engine/index.js';
import { defineJob, jobOfKey } from '../jobs/index.js';
import type { Clock } from '../kernel/index.js';
import type { Database } from '../persistence/index.js';
import type { Decision, PolicyKeeper } from '../policy/index.js';
import type { Draft } from './draft.js';
import type { GovernanceDeps } from './drafts.js';
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

/** One job at a time tries the same bytes of a process. */
export const trialKey = ({ key, sha256 }: Pick<Draft, 'key' | 'sha256'>): string =>
  `${trialJob.name} ${key} ${sha256}`;

/** What a draft is tried on. */
export interface Ground {
  /** BPMN XML of what is in force. */
  readonly inForce: readonly string[];
  readonly calendar: readonly CalendarSource[];
  /** Approved policies. */
  readonly decisions: readonly Decision[];
  readonly digest: string;
}

export async function groundOf(deps: {
  readonly calendar: CalendarKeeper;
  readonly clock: Clock;
  readonly database: Database;
  readonly policies: PolicyKeeper;
}): Promise<Ground> {
  const { calendar, clock, database, policies } = deps;
  const inForce = await database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    await policies.refresh(transaction);
    return sourcesInForce(transaction, clock.now());
  });
  const { edition, sources } = calendar.current();
  const decisions = policies.decisions();
  const said = JSON.stringify([inForce, edition, decisions]);
  return { inForce, calendar: sources, decisions, digest: createHash('sha256').update(said).digest('hex') };
}

/** @returns null where nobody has asked for it on this ground */
export async function trialOf(
  { database, ground }: Pick<GovernanceDeps, 'database' | 'ground'>,
  { key, sha256 }: Pick<Draft, 'key' | 'sha256'>,
): Promise<TrialState | null> {
  const { digest } = await ground();
  return database.transaction((transaction) => readTrial(transaction, { key, sha256, ground: digest }));
}

/** What the checks are told of it. */
export const reportsOf = (trial: TrialState | null): Reports => trial?.reports ?? {};

/** How the trial of a draft stands. */
export type TrialStanding =
  /** Nobody has asked for it on this ground, or what was asked for was given up by an operator. */
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly trial: TrialState }
  /** Tried as often as it may: it goes on only where somebody asks anew. */
  | {
      readonly state: 'failed';
      readonly trial: TrialState;
      readonly attempts: number;
      readonly reason: string;
    }
  | { readonly state: 'made'; readonly trial: TrialState };

/** @throws {Refusal} `draft.not-found` */
export async function viewTrial(deps: GovernanceDeps, id: number): Promise<TrialStanding> {
  const now = deps.clock.now();
  // The job first: one that ends meanwhile has left its reports by then.
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
