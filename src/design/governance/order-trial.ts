/**
 * Orders the trial of a draft: all scenarios, the latest real cases, running cases. It takes
 * minutes of CPU, so it is a job.
 */
import { addJobs } from '../../platform/jobs/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { withDrafts } from '../rehearsal/index.js';
import type { Officer } from '../../law/two-person/index.js';
import type { Draft } from './draft.js';
import type { GovernanceDeps } from './drafts.js';
import { dayOf } from './law-to-come.js';
import { draftDecision } from './life.js';
import { readDraft, sourceOf } from './store/draft-store.js';
import { beginTrial } from './store/trial-store.js';
import { trialJob, trialKey } from './trial.js';

/**
 * Repeats an earlier trial.
 *
 * @throws {Refusal} `definition.not-bpmn`, `definition.unsupported` for a draft that cannot run; `draft.state`,
 * `draft.not-found`
 */
export async function orderTrial(deps: GovernanceDeps, id: number, by: Officer): Promise<void> {
  const at = deps.clock.now();
  const draft = await deps.database.transaction((transaction) => readDraft(transaction, id, at));
  const { inForce, digest } = await deps.ground(await dayOf(deps, draft));
  await deps.database.transaction(async (transaction) => {
    const draft = await readDraft(transaction, id, at);
    draftDecision.decide(draft, 'try', by);
    await withDrafts(inForce, [await sourceOf(transaction, id, draft.revision)]);
    await orderTrialIn(transaction, draft, digest, at);
  });
}

export async function orderTrialIn(
  transaction: Transaction,
  { id, key, revision, sha256 }: Pick<Draft, 'id' | 'key' | 'revision' | 'sha256'>,
  ground: string,
  at: Date,
): Promise<void> {
  await beginTrial(transaction, { key, sha256, ground }, at);
  addJobs(transaction, trialJob, [{ payload: { draft: id, revision }, key: trialKey({ key, sha256 }) }]);
}
