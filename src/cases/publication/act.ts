/**
 * Acts on a draft publication: typical cases, approval or return, and publication. Each is an entry
 * of `assessment`.
 */
import {
  addPublicationAct,
  assessmentStream,
  readPublication,
  publicationStatus,
  publicationDecision,
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
import type { Officer } from '../../law/two-person/index.js';
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
  by: Officer,
): Promise<Publication> {
  return acted(deps, id, { act: 'cases', by, reason: null }, async (transaction) => {
    await checkCases(deps, transaction, cases);
    return { cases, content: null };
  });
}

/** @throws {Refusal} `publication.not-found`, `assessment.settled`; `assessment.not-yours` for authors of the cases */
export async function rulePublication(
  deps: PublicationDeps,
  id: number,
  { decision, reason }: { readonly decision: 'approve' | 'return'; readonly reason: string },
  by: Officer,
): Promise<Publication> {
  return acted(deps, id, { act: decision, by, reason }, () => ({ cases: null, content: null }));
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
  by: Officer,
): Promise<Publication> {
  assertNothingPersonal([{ name: '文号', where: 'documentNumber', text: documentNumber }], deps.laws.today());
  return acted(
    deps,
    id,
    { act: 'publish', by, reason: null },
    async (transaction, publication, { cases }) => {
      const content: PublicationContent = {
        ...publication.content,
        documentNumber,
        issuedOn: civilDateOf(deps.clock.now()),
        cases: cases.map(({ title, text }) => ({ title, text })),
      };
      await completeStep(deps, transaction, publication, documentNumber, performer);
      return { cases: null, content };
    },
  );
}

/** @throws {Refusal} `publication.not-found`, `assessment.settled`, `publication.altered` */
async function acted(
  deps: PublicationDeps,
  id: number,
  { act: name, by, reason }: Pick<PublicationAct, 'act' | 'reason'> & { readonly by: Officer },
  work: (
    transaction: Transaction,
    publication: Publication,
    standing: PublicationStatus,
  ) => Made | Promise<Made>,
): Promise<Publication> {
  return deps.database.transaction(async (transaction) => {
    const publication = await readPublication(transaction, id);
    if (!publication) {
      throw new Refusal('publication.not-found', `没有第 ${id} 号公开、通报`, { remedy: '核对编号' });
    }
    const standing = publicationStatus(publication.acts);
    const decision = publicationDecision(lawOf(groundOfPublication(publication), deps.laws.today()));
    decision.decide(standing, name, by, reason ?? undefined);
    await assertAsRecorded(deps, transaction, publication);
    const made = await work(transaction, publication, standing);
    const { login, actor } = by;
    const act = { ...made, act: name, login, actor, at: deps.clock.now(), reason };
    if (!(await addPublicationAct(transaction, publication, act)))
      throw new Refusal('assessment.settled', '这一版别人刚刚办过', { remedy: '刷新以后看现在的情况' });
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

type Made = Pick<PublicationAct, 'cases' | 'content'>;

/** The provision that says who decides on the publication. */
export const groundOfPublication = ({ kind }: Pick<Publication, 'kind'>) =>
  kind === 'circular' ? 'assessment-results' : 'publication';

const entryTypes = {
  cases: 'publication.cases-written',
  approve: 'publication.approved',
  return: 'publication.returned',
  publish: 'publication.published',
} as const;

/** The entry proves the texts by digest; the texts themselves are in an append-only table. */
function entryOf({ id, kind, period, version }: Publication, act: PublicationAct, law: Law): JsonObject {
  const { actor, login, reason, cases, content } = act;
  return {
    publication: id,
    kind,
    period,
    version,
    actor,
    login,
    ...(reason === null ? {} : { reason }),
    ...(cases === null ? {} : { sheets: cases.map(({ no }) => no), digest: contentDigest(cases) }),
    ...(content === null ? {} : { documentNumber: content.documentNumber, digest: contentDigest(content) }),
    provisions: [...provisionsOf(law)[kind]],
  };
}

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
