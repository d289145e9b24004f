/** A reviewer's view of a draft: findings and differences. */
import { diagramSource } from '../../engine/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { packageOn } from '../../kernel/package-content.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Draft } from './draft.js';
import type { GovernanceDeps } from './drafts.js';
import { dayOf } from './law-to-come.js';
import type { Change, CheckReport } from '../compliance/index.js';
import { readDraft, sourceOf } from './store/draft-store.js';
import { reportsOf, trialOf } from './trial.js';
import { readScenarios } from '../rehearsal/index.js';
import { weightyChanges } from './weight.js';

interface Compared {
  readonly changes: readonly Change[];
  /** Why a second approver is required; empty if not. */
  readonly grounds: readonly string[];
  readonly approvers: 1 | 2;
}

/**
 * Checks with the rules of submission.
 *
 * @param day on which it should take effect; it is checked by the law of that day. Default: today, or the first day
 * of the law to come that it was filed for
 * @throws {Refusal} `draft.not-found`
 */
export async function checkDraft(deps: GovernanceDeps, id: number, day?: string): Promise<CheckReport> {
  const { draft, source } = await readSources(deps, id);
  const on = day ?? (await dayOf(deps, draft));
  return deps.check(source, reportsOf(await trialOf(deps, draft)), on);
}

/** @throws {Refusal} `draft.not-found` */
export async function compareDraft(
  deps: GovernanceDeps,
  id: number,
): Promise<Compared & { readonly baseVersion: number | null }> {
  const { draft, source, base } = await readSources(deps, id);
  return { baseVersion: draft.baseVersion, ...(await compared(deps, draft, base, source)) };
}

async function readSources(deps: GovernanceDeps, id: number) {
  const now = deps.clock.now();
  return deps.database.transaction(async (transaction) => {
    const draft = await readDraft(transaction, id, now);
    const source = await sourceOf(transaction, id, draft.revision);
    return { draft, source, base: await baseOf(transaction, draft) };
  });
}

/** Bytes of the version that the draft replaces; null for a new process. */
export const baseOf = async (
  transaction: Transaction,
  { key, baseVersion }: Pick<Draft, 'key' | 'baseVersion'>,
): Promise<string | null> => (baseVersion === null ? null : diagramSource(transaction, key, baseVersion));

export async function compared(
  deps: GovernanceDeps,
  draft: Draft,
  base: string | null,
  source: string,
): Promise<Compared> {
  if (base === null) return { changes: [], grounds: ['第一版'], approvers: 2 };
  const { key } = draft;
  const day = (await dayOf(deps, draft)) ?? civilDateOf(deps.clock.now());
  const shipped = (await readScenarios(packageOn(day))).map(({ name }) => name);
  const grounds = (await weightyChanges(key, base, source, shipped)).map(({ sentence }) => sentence);
  return { changes: await deps.compare(key, base, source), grounds, approvers: grounds.length > 0 ? 2 : 1 };
}
