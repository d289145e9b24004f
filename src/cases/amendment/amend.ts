/**
 * Amendments of the regulation: drafted, changed, submitted, and approved by two other people. The
 * second approval records the next version, which is in force from its date. Each act is an entry
 * of the stream `regulation` (docs/decisions/law.md).
 */
import { civilDateOf, dayNumberOf, parseCivilDate, startOfDay } from '../../kernel/civil-date.js';
import { addJobs } from '../../platform/jobs/index.js';
import { Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { inTime, type Officer } from '../../law/two-person/index.js';
import {
  amendmentDecision,
  amendmentsIn,
  applyEdits,
  approversNeeded,
  catalogueOf,
  contentDigestOf,
  contentOf,
  contentOfVersion,
  laxerThanAllowed,
  lockAmendments,
  provedVersions,
  recordAmended,
  type Amendment,
  type AmendmentAct,
  type CatalogueContent,
  type Edit,
} from '../../law/regulation/index.js';
import { applyJob } from './apply-to-running.js';
import { tellOf } from './tell.js';
import type { Using } from '../parts.js';

const stream = 'regulation';

export type AmendDeps = Using<'clock' | 'database' | 'laws' | 'trail'>;

export interface Terms extends Pick<Amendment, 'title' | 'source' | 'inForceFrom' | 'transition'> {
  readonly edits: readonly Edit[];
  /** The reason, stored with the revision. */
  readonly reason: string;
}

export async function readAmendments(
  { trail }: Pick<AmendDeps, 'trail'>,
  transaction: Transaction,
): Promise<readonly Amendment[]> {
  return amendmentsIn((await trail.read(transaction, [stream])).get(stream) ?? []);
}

/** @throws {Refusal} `amendment.not-found` */
export async function readAmendment(
  deps: Pick<AmendDeps, 'trail'>,
  transaction: Transaction,
  id: number,
): Promise<Amendment> {
  const found = (await readAmendments(deps, transaction)).find((one) => one.id === id);
  if (found) return found;
  throw new Refusal('amendment.not-found', `没有第 ${id} 项修改`, { remedy: '各项修改见“条例”页的“修改”' });
}

export interface Versions {
  readonly before: CatalogueContent;
  readonly after: CatalogueContent;
}

/** The version that the amendment changes, and the version it results in. @throws {Refusal} `amendment.invalid` */
export async function versionsOf(
  transaction: Transaction,
  amendment: Amendment,
  law: Law,
): Promise<Versions> {
  const base = await baseNamed(transaction, amendment.base);
  return { before: contentOf(base), after: nextOf(base, amendment, law) };
}

/**
 * @param id undefined for a new one
 * @param basedOn the revision that was changed; 0 for a new one
 * @throws {Refusal} `amendment.invalid`, `amendment.stale`, `amendment.state`, `amendment.not-found`, `calendar.invalid`
 */
export async function saveAmendment(
  deps: AmendDeps,
  given: { readonly id: number | undefined; readonly basedOn: number; readonly terms: Terms },
  by: Officer,
): Promise<Amendment> {
  // Normalised, as the trail stores text.
  const terms = JSON.parse(JSON.stringify(given.terms).normalize('NFC')) as Terms;
  return deps.database.transaction(async (transaction) => {
    await lockAmendments(transaction);
    const all = await readAmendments(deps, transaction);
    const id = given.id ?? all.length + 1;
    const before = given.id === undefined ? undefined : await readAmendment(deps, transaction, given.id);
    if (before) amendmentDecision.decide(before, 'save', by);
    if ((before?.revision ?? 0) !== given.basedOn) throw stale(id);
    const { file, validFrom, content } = await newest(transaction);
    assertDay(terms.inForceFrom, validFrom, deps.clock.now());
    const sha256 = contentDigestOf(nextOf(content, terms, deps.laws.today()));
    const { title, source, inForceFrom, transition, edits } = terms;
    await enter(deps, transaction, 'amendment.saved', by, {
      ...{ amendment: id, revision: given.basedOn + 1, sha256, reason: terms.reason },
      ...{ title, source, inForceFrom, transition, base: file, edits: edits as unknown as Json },
    });
    return readAmendment(deps, transaction, id);
  });
}

const entryTypes = {
  submit: 'amendment.submitted',
  approve: 'amendment.approved',
  reject: 'amendment.rejected',
  withdraw: 'amendment.withdrawn',
} as const;

/**
 * @param request.sha256 digest of the next content that the approver saw
 * @throws {Refusal} `amendment.own`, `amendment.stale`, `amendment.state`, `amendment.invalid`,
 * `amendment.not-found`, `access.denied`
 */
export async function ruleAmendment(
  deps: AmendDeps,
  id: number,
  request: {
    readonly act: Exclude<AmendmentAct, 'save'>;
    readonly sha256: string;
    readonly reason: string;
  },
  by: Officer,
): Promise<Amendment> {
  return deps.database.transaction(async (transaction) => {
    await lockAmendments(transaction);
    const amendment = await readAmendment(deps, transaction, id);
    const { act, reason } = request;
    const { approval } = amendmentDecision.decide(amendment, act, by, reason);
    const { revision, sha256 } = amendment;
    if (sha256 !== request.sha256) throw stale(id);
    const body = { amendment: id, revision, sha256, reason };
    if (act === 'reject' || act === 'withdraw') {
      const seq = await enter(deps, transaction, entryTypes[act], by, body);
      await tellOf(transaction, amendment, { act, by, stream, seq, at: deps.clock.now() });
    } else {
      const content = await nextVersion(deps, transaction, amendment);
      const more = act === 'approve' ? { approval } : {};
      const seq = await enter(deps, transaction, entryTypes[act], by, { ...body, ...more });
      await tellOf(transaction, amendment, { act, by, stream, seq, at: deps.clock.now() });
      if (act === 'approve' && approval >= approversNeeded)
        await record(deps, transaction, amendment, content);
    }
    return readAmendment(deps, transaction, id);
  });
}

/** Checks that the content is the one seen, is based on the newest version, and is in time. */
async function nextVersion(
  { clock, laws }: AmendDeps,
  transaction: Transaction,
  amendment: Amendment,
): Promise<CatalogueContent> {
  const { file, validFrom, content } = await newest(transaction);
  if (file !== amendment.base) throw stale(amendment.id);
  assertDay(amendment.inForceFrom, validFrom, clock.now());
  const next = nextOf(content, amendment, laws.today());
  if (contentDigestOf(next) !== amendment.sha256) throw stale(amendment.id);
  const [wrong] = laxerThanAllowed(catalogueOf(next), amendment.inForceFrom);
  if (wrong !== undefined)
    throw new Refusal('amendment.invalid', wrong, { remedy: '改成上位的规定容许的，再提交' });
  return next;
}

async function record(
  deps: AmendDeps,
  transaction: Transaction,
  { id, inForceFrom, transition }: Amendment,
  content: CatalogueContent,
): Promise<void> {
  const file = await recordAmended(deps, transaction, content, {
    at: deps.clock.now(),
    amendment: id,
    transition,
  });
  if (transition === 'old') return;
  const runAt = startOfDay(dayNumberOf(parseCivilDate(inForceFrom)));
  addJobs(transaction, applyJob, [{ payload: { file }, key: `${applyJob.name} ${file}`, runAt }]);
}

const nextOf = (
  base: unknown,
  { edits, inForceFrom, source }: Pick<Terms, 'edits' | 'inForceFrom' | 'source'>,
  law: Law,
) => applyEdits(base, edits, { inForceFrom, version: inForceFrom, source }, law).content;

/** The version that the next one changes: the last one to come into force. */
async function newest(transaction: Transaction) {
  const versions = await provedVersions(transaction);
  const last = versions
    .toSorted((one, other) => one.validFrom.localeCompare(other.validFrom) || one.id - other.id)
    .at(-1);
  if (!last)
    throw new Refusal('amendment.state', '数据库里还没有记下过条例', {
      remedy: '程序启动时记下随附的一版；启动以后再改',
    });
  return { ...last, content: await contentIn(transaction, last.id) };
}

async function baseNamed(transaction: Transaction, file: string): Promise<unknown> {
  const found = (await provedVersions(transaction)).find((one) => one.file === file);
  if (!found) throw new Refusal('amendment.stale', `没有记下过 ${file}`, { remedy: '按现在的一版重新起草' });
  return contentIn(transaction, found.id);
}

const contentIn = async (transaction: Transaction, id: number): Promise<unknown> =>
  JSON.parse((await contentOfVersion(transaction, id)).toString('utf8'));

function assertDay(inForceFrom: string, after: string, now: Date): void {
  const from = startOfDay(dayNumberOf(parseCivilDate(inForceFrom, 'inForceFrom')));
  const wrong = (what: string, remedy: string) =>
    new Refusal('amendment.invalid', what, { where: 'inForceFrom', remedy });
  if (!inTime(from, now))
    throw wrong(
      `施行日 ${inForceFrom} 不晚于今天（${civilDateOf(now)}）`,
      '条例不溯及既往：施行日从明天起写，至少在零点前一分钟批准；来不及的改施行日，重新提交',
    );
  if (inForceFrom <= after) throw wrong(`最新的一版自 ${after} 起施行，施行日须在它以后`, '写更晚的一天');
}

const stale = (id: number) =>
  new Refusal('amendment.stale', `第 ${id} 项修改已经不是您看到的一稿，或者条例已经有了新的一版`, {
    remedy: '刷新以后看过再办；条例有了新版的，按新版存一稿',
  });

/** @returns the entry's number in its stream */
async function enter(
  { trail, clock }: AmendDeps,
  transaction: Transaction,
  type: 'amendment.saved' | (typeof entryTypes)[keyof typeof entryTypes],
  { login, actor }: Officer,
  body: JsonObject,
): Promise<number> {
  const bookmarks = await trail.append(transaction, [
    { stream, type, at: clock.now(), body: { ...body, login, actor } },
  ]);
  return trail.numberOf(bookmarks.get(stream) ?? null);
}
