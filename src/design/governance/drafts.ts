/** Writing drafts. A draft is based on the newest version of the process or table, and every save is a revision. */
import type { Trail } from '../../accountability/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { diagramSource, isDecisionXml, type DefinitionStore, type Handlers } from '../../engine/index.js';
import { Refusal, type Clock } from '../../kernel/index.js';
import { insert, type Database, type Transaction } from '../../platform/database/index.js';
import type { Officer, Person } from '../../law/two-person/index.js';
import type { Act, Draft, Revision } from './draft.js';
import { draftDecision } from './life.js';
import type { CheckReport, Reports } from '../compliance/index.js';
import type { Compare, Ground } from './ports.js';
import { assertFree, assertKey } from './new-key.js';
import { record } from './record.js';
import { assertSourceOf, sha256Of, stored } from './source.js';
import {
  draftEntity,
  listRevisions,
  lockDraft,
  readDraft,
  readThread,
  revisionEntity,
  sourceOf,
} from './store/draft-store.js';
import { newestVersion } from './store/version-store.js';

export interface DraftingDeps {
  readonly database: Database;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly compare: Compare;
}

/** Ports to other modules. */
export interface GovernancePorts {
  readonly compare: Compare;
  /** Checks with the rules of submission: a missing report is a finding. The law is that of the day; default: today. */
  readonly check: (source: string, reports: Reports, day?: string) => Promise<CheckReport>;
  /** Current basis of a trial, under the law of the day (`YYYY-MM-DD`); default: today. */
  readonly ground: (day?: string) => Promise<Ground>;
  /** First day of the regulation's version in force at an instant. */
  readonly regulation: (transaction: Transaction, at: Date) => Promise<string>;
}

export interface GovernanceDeps extends DraftingDeps, GovernancePorts {
  readonly definitions: DefinitionStore;
  readonly handlers: Handlers;
}

export interface DraftView {
  readonly draft: Draft;
  readonly source: string;
  readonly revisions: readonly Revision[];
  readonly thread: readonly Act[];
}

/** @throws {Refusal} `draft.not-found` */
export async function viewDraft(transaction: Transaction, id: number, now: Date): Promise<DraftView> {
  const draft = await readDraft(transaction, id, now);
  return {
    draft,
    source: await sourceOf(transaction, id, draft.revision),
    revisions: await listRevisions(transaction, id),
    thread: await readThread(transaction, id),
  };
}

export interface NewDraft {
  readonly key: string;
  readonly title: string;
  readonly reason: string;
  /** Default: the bytes of the newest version. */
  readonly source: string | undefined;
  readonly origin?: Draft['origin'];
}

/**
 * Creates a draft of a new process or table from a source, or of the next version of an existing
 * one.
 *
 * @returns its number
 * @throws {Refusal} `definition.not-found`, `definition.not-bpmn`, `definition.not-dmn`,
 * `draft.invalid`
 */
export async function createDraft(deps: DraftingDeps, request: NewDraft, by: Person): Promise<number> {
  const { key } = request;
  const source = request.source === undefined ? undefined : stored(request.source);
  return deps.database.transaction(async (transaction) => {
    const newest = await newestVersion(transaction, key);
    const kind = newest && kindOf(await diagramSource(transaction, key, newest.version));
    if (!newest) assertKey(key);
    if (source !== undefined) await assertSourceOf({ key, kind }, source);
    return createDraftIn(deps, transaction, { ...request, source }, by);
  });
}

const kindOf = (source: string): Draft['kind'] => (isDecisionXml(source) ? 'decision' : 'process');

/** The caller must have validated the source. */
export async function createDraftIn(
  { trail, clock }: DraftingDeps,
  transaction: Transaction,
  { key, title, reason, source: given, origin = 'edited' }: NewDraft,
  by: Person,
): Promise<number> {
  const at = clock.now();
  const newest = await newestVersion(transaction, key);
  if (!newest && given === undefined) {
    throw new Refusal('definition.not-found', `没有名为“${key.slice(0, 60)}”的流程或者决策表`, {
      remedy: '现行的流程定义见 /api/definitions；要新建的，附上原文',
    });
  }
  if (!newest) await assertFree(transaction, key);
  const source = given ?? (await diagramSource(transaction, key, newest?.version ?? 0));
  const sha256 = sha256Of(source);
  const kind = kindOf(source);
  const baseVersion = newest?.version ?? null;
  const { id } = await insert(transaction, draftEntity, {
    key,
    kind,
    title,
    origin,
    state: 'draft',
    revision: 1,
    baseVersion,
    createdAt: at,
    updatedAt: at,
  });
  await insert(transaction, revisionEntity, {
    draft: id,
    number: 1,
    sha256,
    source,
    baseVersion,
    login: by.login,
    author: by.actor,
    note: reason,
    savedAt: at,
  });
  const draft = { id, key, revision: 1, sha256, submission: null };
  await record({ trail, clock }, transaction, draft, {
    act: 'created',
    by,
    at,
    text: reason,
    body: { title, origin, baseVersion },
  });
  return id;
}

export interface Save {
  /** The revision the author had open. */
  readonly basedOn: number;
  readonly source: string;
  readonly note: string | null;
  /** A corrected title, if any. */
  readonly title: string | undefined;
  /** Rebases the draft onto this version, which must be the newest. */
  readonly baseVersion: number | undefined;
}

/**
 * @throws {Refusal} `draft.stale` if another person saved meanwhile, with the changes; `draft.outdated` if the base is
 * not the newest version; `draft.not-found`, `draft.state`, `draft.invalid`, `definition.not-bpmn`
 */
export async function saveDraft(deps: DraftingDeps, id: number, save: Save, by: Officer): Promise<void> {
  const { clock } = deps;
  const at = clock.now();
  const source = stored(save.source);
  const sha256 = sha256Of(source);
  await deps.database.transaction(async (transaction) => {
    const draft = await lockDraft(transaction, id, at);
    draftDecision.decide(draft, 'save', by);
    if (save.basedOn !== draft.revision) throw await staleness(deps, transaction, draft, save);
    await assertSourceOf(draft, source);
    const baseVersion = await baseOf(transaction, draft, save.baseVersion);
    const title = save.title ?? draft.title;
    const unchanged = sha256 === draft.sha256 && baseVersion === draft.baseVersion && title === draft.title;
    if (unchanged) {
      throw new Refusal('draft.invalid', `与第 ${draft.revision} 稿一字不差，没有可存的`, {
        where: 'source',
        remedy: '改过再存',
      });
    }
    const number = draft.revision + 1;
    const { note } = save;
    await insert(transaction, revisionEntity, {
      draft: id,
      number,
      sha256,
      source,
      baseVersion,
      login: by.login,
      author: by.actor,
      note,
      savedAt: at,
    });
    await transaction
      .repository(draftEntity)
      .update(id, { title, state: 'draft', revision: number, baseVersion, submission: null, updatedAt: at });
    const saved = { ...draft, revision: number, sha256, submission: null };
    const voided = draft.state === 'submitted' || draft.state === 'approved';
    await record(deps, transaction, saved, {
      act: 'saved',
      by,
      at,
      text: note,
      body: {
        baseVersion,
        ...(title === draft.title ? {} : { title }),
        ...(voided ? { voids: draft.submission } : {}),
      },
    });
  });
}

async function baseOf(transaction: Transaction, draft: Draft, wanted: number | undefined) {
  if (wanted === undefined) return draft.baseVersion;
  const newest = await newestVersion(transaction, draft.key);
  if (newest?.version === wanted) return wanted;
  throw new Refusal(
    'draft.outdated',
    `“${draft.key}”最新的是第 ${newest?.version ?? 0} 版，不是第 ${wanted} 版`,
    {
      where: 'baseVersion',
      remedy: '以最新的一版为基准',
    },
  );
}

async function staleness(
  { compare }: DraftingDeps,
  transaction: Transaction,
  draft: Draft,
  { basedOn }: Save,
): Promise<Refusal> {
  const revisions = await listRevisions(transaction, draft.id);
  const since = revisions.filter(({ number }) => number > basedOn).reverse();
  if (since.length === 0) {
    return new Refusal('draft.invalid', `第 ${draft.id} 号草案还没有第 ${basedOn} 稿`, {
      where: 'basedOn',
      remedy: `现在是第 ${draft.revision} 稿`,
    });
  }
  const last = since.at(-1);
  const seen = await sourceOf(transaction, draft.id, basedOn);
  const changes = await compare(draft.key, seen, await sourceOf(transaction, draft.id, draft.revision));
  return new Refusal(
    'draft.stale',
    `您改的是第 ${basedOn} 稿，其间 ${last?.author ?? ''} 已于 ${toShanghaiIso(
      last?.savedAt ?? draft.updatedAt,
    )
      .slice(0, 16)
      .replace('T', ' ')} 存下第 ${draft.revision} 稿`,
    {
      where: 'basedOn',
      remedy: '打开最新一稿，看过其间的改动，把自己的改动加上去再存',
      changes: [
        ...since.map(({ number, author, note }) => `第 ${number} 稿（${author}）：${note ?? '没有说明'}`),
        ...changes.map(({ sentence }) => sentence),
      ],
    },
  );
}

/** @throws {Refusal} `draft.not-found` */
export async function commentDraft(
  { database, trail, clock }: DraftingDeps,
  id: number,
  comment: { readonly text: string; readonly element: string | null },
  by: Person,
): Promise<void> {
  const at = clock.now();
  await database.transaction(async (transaction) => {
    const draft = await lockDraft(transaction, id, at);
    const { text, element } = comment;
    await record({ trail, clock }, transaction, draft, { act: 'commented', by, at, text, element });
  });
}
