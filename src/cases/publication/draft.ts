/**
 * Creates drafts automatically: the monthly intake report when the month has ended, the circular
 * when results are final, and the publication after it.
 */
import {
  addPublication,
  addPublicationAct,
  assessmentStream,
  listPublications,
  readPublication,
  publicationStatus,
  deedOf,
  listClosings,
  undrafted,
  type Period,
  type Publication,
  type PublicationKind,
} from '../../measures/assessment/index.js';
import { contentDigest, Refusal } from '../../kernel/index.js';
import type { Officer, Person } from '../../law/two-person/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { isSettled, runKey } from '../assessment/index.js';
import { draftContent, type FigureDeps } from './month-figures.js';
import { restingOn, type Law } from '../../kernel/law.js';
import { endedMonths, intakeKey } from './ended-months.js';
import type { Using } from '../parts.js';

export type DraftDeps = FigureDeps & Using<'database' | 'trail'>;

/** The author of automatic drafts. */
const itself: Person = { login: '', actor: '考核周期' };

/** Drafts the first version of every publication whose run has reached the step for it. */
export async function draftDuePublications(deps: DraftDeps): Promise<void> {
  const due = await deps.database.transaction(async (transaction) => {
    const closed = (await listClosings(transaction, 'live')).map(({ period }) => period);
    return undrafted(transaction, [
      ...(await endedMonths(deps, transaction)).map((period) => awaited('intake', period)),
      ...closed.flatMap((period) => [awaited('public', period), awaited('circular', period)]),
    ]);
  });
  for (const { kind, period } of due) {
    await deps.database.transaction(async (transaction) => {
      // Late entries of the month are still being counted: the next round tries again.
      if (kind === 'intake' && !(await isSettled(transaction, period))) return;
      await addDraft(deps, transaction, { kind, period, version: 1, correction: null }, itself);
    });
  }
}

const awaited = (kind: PublicationKind, period: Period) => ({
  kind,
  period,
  key: keyOf(kind, period),
  deed: deedOf[kind],
});

/** Business key of the case that waits for a month's publication. */
export const keyOf = (kind: PublicationKind, period: Period): string =>
  kind === 'intake' ? intakeKey(period) : runKey('live', period);

/**
 * Drafts a correction of the published version from the run's current figures and the previous
 * cases, for which the corrector becomes responsible. Drafts a first version if there is none.
 *
 * @throws {Refusal} `assessment.settled` while the last version is not published,
 * `assessment.not-found`
 */
export async function correctPublication(
  deps: DraftDeps,
  order: { readonly kind: PublicationKind; readonly period: Period; readonly reason: string },
  by: Officer,
): Promise<Publication> {
  const { kind, period, reason } = order;
  const { login, actor } = by;
  return deps.database.transaction(async (transaction) => {
    const last = (await listPublications(transaction, period)).find((one) => one.kind === kind);
    const standing = last && publicationStatus(last.acts);
    if (standing && standing.state !== 'published') {
      throw new Refusal('assessment.settled', `${period} 的第 ${last.version} 版还没有发布`, {
        remedy: '在那一版上改',
      });
    }
    const version = (last?.version ?? 0) + 1;
    const draft = { kind, period, version, correction: last ? reason : null };
    const id = await addDraft(deps, transaction, draft, by);
    const made = id === undefined ? undefined : await readPublication(transaction, id);
    if (!made)
      throw new Refusal('assessment.settled', `${period} 的第 ${version} 版别人已经起草`, { remedy: '刷新' });
    if (!standing) return made;
    const act = {
      act: 'cases',
      login,
      actor,
      at: deps.clock.now(),
      reason,
      cases: standing.cases,
      content: null,
    } as const;
    await addPublicationAct(transaction, made, act);
    return { ...made, acts: [act] };
  });
}

async function addDraft(
  deps: DraftDeps,
  transaction: Transaction,
  order: Parameters<typeof draftContent>[2],
  { login, actor }: Person,
): Promise<number | undefined> {
  const { kind, period, version, correction } = order;
  const at = deps.clock.now();
  const content = await draftContent(deps, transaction, order);
  const id = await addPublication(transaction, {
    kind,
    period,
    version,
    content,
    draftedBy: actor,
    draftedAt: at,
  });
  if (id === undefined) return undefined;
  const drafted = { publication: id, kind, period, version, actor, login, correction };
  const body = {
    ...drafted,
    digest: contentDigest(content),
    provisions: provisionsOf(deps.laws.today())[kind],
  };
  await deps.trail.append(transaction, [{ stream: assessmentStream, type: 'publication.drafted', at, body }]);
  return id;
}

export const provisionsOf = (law: Law) => ({
  public: restingOn('publication', law),
  intake: restingOn('publication', law),
  circular: restingOn('circular', law),
});
