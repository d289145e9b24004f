/** Acts on a draft publication: typical cases, approval or return, publication. Each is an entry of `assessment`. */
import {
  addPublicationAct,
  assessmentStream,
  readPublication,
  publicationStatus,
  deedOf,
  type Publication,
  type PublicationAct,
  type PublicationContent,
  type PublicationStatus,
  type TypicalCase,
} from '../../measures/assessment/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { loadCasesByKey } from '../../engine/index.js';
import { contentDigest, Refusal, type JsonObject } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { completeTaskIn, taskId, type Performer, type TaskDeps } from '../tasks.js';
import { assertAsRecorded } from './as-recorded.js';
import { assertNothingPersonal, checkCases, type CheckDeps } from './check.js';
import { keyOf, provisionsOf, type DraftDeps } from './draft.js';
import { lawOf, type Law } from '../../kernel/law.js';

export type PublicationDeps = DraftDeps & CheckDeps & TaskDeps;

/** @throws {Refusal} `publication.not-found`, `assessment.settled` if published, and those of `checkCases` */
export async function writeTypicalCases(
  deps: PublicationDeps,
  id: number,
  cases: readonly TypicalCase[],
  actor: string,
): Promise<Publication> {
  return acted(deps, id, async (transaction) => {
    await checkCases(deps, transaction, cases);
    return { act: 'cases', actor, at: deps.clock.now(), reason: null, cases, content: null };
  });
}

/** @throws {Refusal} `publication.not-found`, `assessment.settled`; `assessment.not-yours` for authors of the cases */
export async function rulePublication(
  deps: PublicationDeps,
  id: number,
  { decision, reason }: { readonly decision: 'approve' | 'return'; readonly reason: string },
  actor: string,
): Promise<Publication> {
  return acted(deps, id, (_transaction, publication, { writers, state }) => {
    if (decision === 'approve' && writers.includes(actor)) {
      throw new Refusal('assessment.not-yours', `${actor} 写过典型案例,不得批准`, {
        where: 'decision',
        provision: lawOf(
          publication.kind === 'circular' ? 'assessment-results' : 'publication',
          deps.laws.today(),
        ),
        remedy: '请由他人批准',
      });
    }
    if (decision === 'approve' && state === 'approved') throw settled('已经批准');
    return { act: decision, actor, at: deps.clock.now(), reason, cases: null, content: null };
  });
}

/**
 * Publishes an approved draft under its document number and completes the task that waits for it.
 *
 * @throws {Refusal} `publication.not-found`, `assessment.settled`, `publication.personal-data`; `assessment.invalid` if
 * not approved; `assessment.not-yours` for the approver; refusals of completing the task
 */
export async function issuePublication(
  deps: PublicationDeps,
  id: number,
  documentNumber: string,
  performer: Performer,
): Promise<Publication> {
  const { actor } = performer;
  assertNothingPersonal([{ name: '文号', where: 'documentNumber', text: documentNumber }], deps.laws.today());
  return acted(deps, id, async (transaction, publication, { state, cases, approvedBy }) => {
    if (state !== 'approved') {
      throw new Refusal('assessment.invalid', '还没有批准,不能发布', {
        remedy: '先由没有写典型案例的人批准',
      });
    }
    if (approvedBy === actor) {
      throw new Refusal('assessment.not-yours', `${actor} 批准的,由他人发布`, { remedy: '请由他人发布' });
    }
    const at = deps.clock.now();
    const content: PublicationContent = {
      ...publication.content,
      documentNumber,
      issuedOn: civilDateOf(at),
      cases: cases.map(({ title, text }) => ({ title, text })),
    };
    await completeStep(deps, transaction, publication, documentNumber, performer);
    return { act: 'publish', actor, at, reason: null, cases: null, content };
  });
}

/** @throws {Refusal} `publication.not-found`, `assessment.settled`, `publication.altered` */
async function acted(
  deps: PublicationDeps,
  id: number,
  decide: (
    transaction: Transaction,
    publication: Publication,
    standing: PublicationStatus,
  ) => PublicationAct | Promise<PublicationAct>,
): Promise<Publication> {
  return deps.database.transaction(async (transaction) => {
    const publication = await readPublication(transaction, id);
    if (!publication) {
      throw new Refusal('publication.not-found', `没有第 ${id} 号公开、通报`, { remedy: '核对编号' });
    }
    const standing = publicationStatus(publication.acts);
    if (standing.state === 'published') throw settled('已经发布');
    await assertAsRecorded(deps, transaction, publication);
    const act = await decide(transaction, publication, standing);
    if (!(await addPublicationAct(transaction, publication, act))) throw settled('别人刚刚办过');
    await deps.trail.append(transaction, [
      {
        stream: assessmentStream,
        type: entryTypes[act.act],
        at: act.at,
        body: entryOf(publication, act, deps.laws.today()),
      },
    ]);
    return { ...publication, acts: [...publication.acts, act] };
  });
}

const entryTypes = {
  cases: 'publication.cases-written',
  approve: 'publication.approved',
  return: 'publication.returned',
  publish: 'publication.published',
} as const;

/** The texts are in the append-only table; the entry proves them by digest. */
function entryOf({ id, kind, period, version }: Publication, act: PublicationAct, law: Law): JsonObject {
  const { actor, reason, cases, content } = act;
  return {
    publication: id,
    kind,
    period,
    version,
    actor,
    ...(reason === null ? {} : { reason }),
    ...(cases === null ? {} : { sheets: cases.map(({ no }) => no), digest: contentDigest(cases) }),
    ...(content === null ? {} : { documentNumber: content.documentNumber, digest: contentDigest(content) }),
    provisions: [...provisionsOf(law)[kind]],
  };
}

const settled = (why: string): Refusal =>
  new Refusal('assessment.settled', `这一版${why}`, { remedy: '发布以后要改的,起草更正的新版' });

async function completeStep(
  deps: PublicationDeps,
  transaction: Transaction,
  { kind, period }: Publication,
  documentNumber: string,
  performer: Performer,
): Promise<void> {
  const key = keyOf(kind, period);
  const file = (await loadCasesByKey(transaction, [key])).get(key);
  const task = [...(file?.tasks.values() ?? [])].find(({ deeds }) => deeds.includes(deedOf[kind]));
  if (!file || !task) return;
  const answers =
    kind === 'circular'
      ? { circular: documentNumber }
      : { publicationAddress: `本系统公开页 /publications/${period}`, lawfulDisclosure: true };
  await completeTaskIn(deps, transaction, taskId(file.id, task), answers, performer);
}
