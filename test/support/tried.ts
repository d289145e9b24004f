/** Trials of drafts in tests: the real one in the background, or its result for an unchanged diagram. */
import { expect } from 'chai';
import { finishTrial } from '../../src/design/governance/store/trial-store.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import type { System } from '../../src/main.js';

export const workJobs = (system: Omit<System, 'close'>): Promise<void> =>
  createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();

/** For a draft that differs from the version in force only by a comment: all results are the same. */
export async function asUnchanged(
  { database, governance, clock }: Omit<System, 'close'>,
  { key, sha256 }: { readonly key: string; readonly sha256: string },
): Promise<void> {
  const { digest: ground } = await governance.ground();
  const reports = {
    scenarios: { sha256, scenarios: 1, failed: [], differing: [] },
    replay: { sha256, cases: 1, incomparable: 0, unfit: 0, outcome: 0, escalation: 0, differing: [] },
    runningCases: { sha256, running: 0, more: false, cannotMove: 0, hindrances: [] },
  };
  await database.transaction((transaction) =>
    finishTrial(transaction, { key, sha256, ground }, reports, clock.now()),
  );
}
