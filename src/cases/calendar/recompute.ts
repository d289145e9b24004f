/**
 * Recomputes deadlines after a notice, in small batches with one transaction each. Each batch
 * stores its progress, so the work is resumable, idempotent and safe with several programs.
 */
import {
  addProgress,
  createDueDates,
  findRecomputation,
  finishRecomputation,
  setCases,
  type Recomputation,
  type RecomputationCounts,
} from '../../calendar/index.js';
import {
  lockCases,
  type CaseFile,
  type Command,
  type JournalEntry,
  type Recompute,
  type Span,
} from '../../engine/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { affectedCases, firedAbout } from './affected.js';
import { spanOf } from './change.js';
import { correctedOutcome } from './corrected-outcome.js';
import { wrongCards } from './fired-cards.js';
import { withdrawal } from './withdrawal.js';
import type { Using } from '../parts.js';

export type RecomputeDeps = Using<
  'calendar' | 'clock' | 'database' | 'executor' | 'handlers' | 'laws' | 'policies' | 'trail'
>;

interface RecomputeOptions {
  /** Called after each batch. */
  readonly onProgress?: (progress: Recomputation) => void;
  /** Stops after the current batch; the next call continues. */
  readonly signal?: AbortSignal;
}

/**
 * The batch is small so that steps hardly wait: with 50 the 99th percentile of a step rose
 * 6.6-fold, with 20 1.4-fold, at the same total time.
 */
const batch = 20;

/** @returns the progress; undefined if the notice needs no recomputation */
export async function recomputeDeadlines(
  deps: RecomputeDeps,
  notice: number,
  { onProgress, signal }: RecomputeOptions = {},
): Promise<Recomputation | undefined> {
  deps.calendar.forget();
  const begun = await deps.database.transaction(async (transaction) => {
    await deps.policies.refresh(transaction);
    return begin(deps, transaction, notice);
  });
  if (!begun.progress || begun.progress.finishedAt) return begun.progress;
  const { affected } = begun;
  let { progress } = begun;
  for (;;) {
    if (signal?.aborted) return progress;
    const done = progress;
    const next = await deps.database.transaction((transaction) =>
      takeBatch(deps, transaction, done, affected),
    );
    if (!next) break;
    progress = next;
    onProgress?.(progress);
  }
  return deps.database.transaction((transaction) => finish(deps, transaction, notice));
}

async function begin(deps: RecomputeDeps, transaction: Transaction, notice: number) {
  await deps.calendar.refresh(transaction);
  const progress = await findRecomputation(transaction, notice, 'lock');
  if (!progress || progress.finishedAt) return { progress, affected: [] };
  const affected = progress.span
    ? await affectedCases(transaction, deps.trail, spanOf(progress.span.first, progress.span.last))
    : [];
  const cases = affected.filter((id) => isAfter(id, progress.doneUpTo));
  await setCases(transaction, notice, progress.done + cases.length);
  return {
    progress: { ...progress, cases: progress.done + cases.length },
    affected: cases,
  };
}

/** @returns the progress after the next batch; undefined if none was left */
async function takeBatch(
  deps: RecomputeDeps,
  transaction: Transaction,
  { notice }: Recomputation,
  affected: readonly string[],
): Promise<Recomputation | undefined> {
  const progress = await findRecomputation(transaction, notice, 'lock');
  if (!progress || progress.finishedAt) return undefined;
  const from = affected.findIndex((id) => isAfter(id, progress.doneUpTo));
  const ids = from < 0 ? [] : affected.slice(from, from + batch);
  const doneUpTo = ids.at(-1);
  if (doneUpTo === undefined) return undefined;
  const entries = await recomputeCases(deps, transaction, progress, ids);
  const counts = countsOf(entries);
  await addProgress(transaction, notice, { ...counts, done: ids.length, doneUpTo });
  return {
    ...progress,
    doneUpTo,
    done: progress.done + ids.length,
    moved: progress.moved + counts.moved,
    settled: progress.settled + counts.settled,
    revoked: progress.revoked + counts.revoked,
  };
}

async function recomputeCases(
  deps: RecomputeDeps,
  transaction: Transaction,
  { document, loadedBy, loadedAt, span }: Recomputation,
  ids: readonly string[],
): Promise<JournalEntry[]> {
  const revoke = span && (await cardsToRevoke(deps, transaction, ids, spanOf(span.first, span.last)));
  const commands = ids.flatMap((caseId): Command[] => {
    const act = { at: loadedAt, actor: loadedBy, document };
    const { file, ...what } = revoke?.get(caseId) ?? { revoke: [] };
    const recompute = { kind: 'recompute', caseId, ...act, ...what } as const;
    const correction = file && what.tell && correctedOutcome(file, { ...act, tell: what.tell }, deps);
    return correction ? [recompute, correction] : [recompute];
  });
  const answers = await deps.executor.executeIn(transaction, commands);
  for (const { refusal } of answers) if (refusal) throw refusal;
  return answers.flatMap(({ entries }) => entries ?? []);
}

interface Wrong extends Pick<Recompute, 'revoke' | 'redate' | 'tell' | 'resume'> {
  readonly file?: CaseFile;
}

/** Locks the whole batch in the common lock order, so that no timer fires in between. */
async function cardsToRevoke(
  deps: RecomputeDeps,
  transaction: Transaction,
  ids: readonly string[],
  span: Span,
): Promise<ReadonlyMap<string, Wrong>> {
  const locked = [...(await lockCases(transaction, ids)).values()];
  const keys = locked.map(({ businessKey }) => businessKey);
  const fired = await firedAbout(transaction, deps.trail, span, keys);
  if (fired.length === 0) return new Map();
  const files = locked.filter(({ businessKey }) => fired.includes(businessKey));
  const trails = await deps.trail.read(transaction, fired);
  const dueDates = createDueDates({ calendar: deps.calendar.current() });
  deps.calendar.record(transaction);
  return new Map(
    files.map((file) => {
      const entries = trails.get(file.businessKey) ?? [];
      const wrong = wrongCards(entries, dueDates);
      const { revoked: revoke, redated: redate } = wrong;
      return [file.id, { file, revoke, redate, ...withdrawal(entries, wrong) }];
    }),
  );
}

function countsOf(entries: readonly JournalEntry[]): RecomputationCounts {
  const recomputed = entries.filter(({ type }) => type === 'deadline.recomputed');
  const redated = entries.filter(({ type }) => type === 'escalation.redated').length;
  const moved = redated + recomputed.filter(({ body }) => body.from !== body.due).length;
  const revoked = entries.filter(({ type }) => type === 'escalation.revoked').length;
  return { moved, settled: redated + recomputed.length - moved, revoked };
}

async function finish(
  deps: RecomputeDeps,
  transaction: Transaction,
  notice: number,
): Promise<Recomputation | undefined> {
  const at = deps.clock.now();
  if (await finishRecomputation(transaction, notice, at)) {
    const progress = await findRecomputation(transaction, notice);
    if (!progress) return undefined;
    const { document, loadedBy: actor, done: cases, moved, settled, revoked } = progress;
    const body = { document, actor, cases, moved, settled, revoked };
    await deps.trail.append(transaction, [{ stream: 'calendar', type: 'calendar.recomputed', at, body }]);
  }
  return findRecomputation(transaction, notice);
}

/** Ids are decimal numbers as text. */
const isAfter = (id: string, other: string): boolean => Number(id) > Number(other);
