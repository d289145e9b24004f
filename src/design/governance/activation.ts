/** Puts approved versions in force at an instant. They can be withdrawn until shortly before. */
import { dayNumberOf, parseCivilDate, startOfDay, toShanghaiIso } from '../../kernel/civil-date.js';
import { deployApproved, diagramSource, lockDeployments } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { inTime, leastNotice, type Officer, type Person } from '../../law/two-person/index.js';
import type { Draft } from './draft.js';
import { createDraftIn, type GovernanceDeps } from './drafts.js';
import { record } from './record.js';
import { assertBase, assertSameBytes, authorsOf, boundSubmission, type Meant } from './guards.js';
import { dayOf } from './law-to-come.js';
import { draftDecision } from './life.js';
import { draftEntity, lockDraft, readDraft } from './store/draft-store.js';
import { addWithdrawal, newestVersion } from './store/version-store.js';

/** Milliseconds: every program must learn of a withdrawal before a case could start on the version. */
const leastRecall = 5_000;
/** End of the calendar. */
const furthest = Date.UTC(2099, 11, 31);

/**
 * @param request.inForceFrom default: as soon as every program knows the version, and not before the law to come
 * that the draft was filed for
 * @throws {Refusal} `draft.invalid` for an instant too soon or before that of another version;
 * `draft.stale`, `draft.outdated`, `draft.state`, `draft.not-found`, `definition.unsupported`
 */
export async function scheduleDraft(
  deps: GovernanceDeps,
  id: number,
  request: Meant & { readonly inForceFrom: Date | undefined; readonly reason: string },
  by: Officer,
): Promise<void> {
  const at = deps.clock.now();
  const inForceFrom = request.inForceFrom ?? (await soonest(deps, id, at));
  if (!inTime(inForceFrom, at) || inForceFrom.getTime() > furthest) {
    throw new Refusal('draft.invalid', `生效时刻 ${toShanghaiIso(inForceFrom)} 须在一分钟以后、2099 年以内`, {
      where: 'inForceFrom',
      remedy: '流程不溯及既往：写将来的时刻；不写即一分钟后生效',
    });
  }
  await deps.database.transaction(async (transaction) => {
    const draft = await lockDraft(transaction, id, at);
    draftDecision.decide(draft, 'schedule', by, request.reason);
    assertSameBytes(draft, request);
    const { source, regulation } = await boundSubmission(transaction, draft);
    await assertLawOfItsDay(deps, transaction, regulation, inForceFrom);
    // Deployments run one after the other: of two drafts of one process the second sees the first's
    // version.
    await lockDeployments(transaction);
    await assertBase(deps, transaction, draft);
    await assertAfterOthers(transaction, draft, inForceFrom);
    const { key, submission } = draft;
    const version = await deployApproved({ ...deps, journal: deps.trail }, transaction, {
      key,
      source,
      inForceFrom,
      draft: id,
      actor: by.actor,
    });
    await transaction.repository(draftEntity).update(id, { state: 'scheduled', updatedAt: at });
    await record(deps, transaction, draft, {
      act: 'scheduled',
      by,
      at,
      text: request.reason,
      body: { submission, version, inForceFrom: toShanghaiIso(inForceFrom) },
      tells: {
        to: [...authorsOf(draft), 'role:compliance-approver'],
        title: `已排期：${draft.title}`,
        text: `“${draft.title}”自 ${toShanghaiIso(inForceFrom).slice(0, 16).replace('T', ' ')} 起现行（第 ${version} 版）。`,
      },
    });
  });
  deps.definitions.refresh();
}

async function soonest(deps: GovernanceDeps, id: number, at: Date): Promise<Date> {
  const draft = await deps.database.transaction((transaction) => readDraft(transaction, id, at));
  const day = await dayOf(deps, draft);
  const known = new Date(at.getTime() + leastNotice);
  const begun = day === undefined ? at : startOfDay(dayNumberOf(parseCivilDate(day)));
  return begun > known ? begun : known;
}

/** The draft must have been checked by the law of the day on which it takes effect. */
async function assertLawOfItsDay(
  deps: GovernanceDeps,
  transaction: Transaction,
  checkedBy: string | null,
  inForceFrom: Date,
): Promise<void> {
  const ofItsDay = await deps.regulation(transaction, inForceFrom);
  if (checkedBy === null || checkedBy === ofItsDay) return;
  throw new Refusal(
    'draft.invalid',
    `核查依的是 ${checkedBy} 起施行的条例，生效时施行的是 ${ofItsDay} 起的一版`,
    {
      where: 'inForceFrom',
      remedy:
        '生效时刻写在核查所依的一版施行的期间；或者存一稿重新提交，写明打算自何日起现行，按那一天的条例核查',
    },
  );
}

/** Versions take effect in their order, because each was compared with the one before. */
async function assertAfterOthers(transaction: Transaction, { key }: Draft, inForceFrom: Date): Promise<void> {
  const newest = await newestVersion(transaction, key);
  if (newest === undefined || inForceFrom > newest.inForceFrom) return;
  throw new Refusal(
    'draft.invalid',
    `第 ${newest.version} 版自 ${toShanghaiIso(newest.inForceFrom)} 起现行，这一版以它为基准，不能更早`,
    { where: 'inForceFrom', remedy: '写更晚的时刻；或者先撤回那一版' },
  );
}

/**
 * Also withdraws a scheduled draft until shortly before its instant.
 *
 * @throws {Refusal} `draft.state`, `draft.outdated`, `draft.not-found`
 */
export async function withdrawDraft(
  deps: GovernanceDeps,
  id: number,
  reason: string,
  by: Officer,
): Promise<void> {
  const at = deps.clock.now();
  await deps.database.transaction(async (transaction) => {
    const draft = await lockDraft(transaction, id, at);
    draftDecision.decide(draft, 'withdraw', by, reason);
    const version = draft.state === 'scheduled' ? draft.version : null;
    if (version !== null) await withdrawVersion(transaction, draft, { by, reason, at });
    const { submission } = draft;
    await transaction.repository(draftEntity).update(id, { state: 'withdrawn', updatedAt: at });
    await record(deps, transaction, draft, {
      act: 'withdrawn',
      by,
      at,
      text: reason,
      body: version === null ? {} : { version },
      tells: {
        to: [...authorsOf(draft), ...(submission === null ? [] : ['role:compliance-approver'])],
        title: `已撤回：${draft.title}`,
        text: `${by.actor}撤回了“${draft.title}”。`,
      },
    });
  });
  deps.definitions.refresh();
}

/** @throws {Refusal} `draft.state` if too late; `draft.outdated` if another version is based on it */
async function withdrawVersion(
  transaction: Transaction,
  draft: Draft,
  act: { readonly by: Person; readonly reason: string; readonly at: Date },
): Promise<void> {
  await lockDeployments(transaction);
  if (draft.inForceFrom === null || draft.inForceFrom.getTime() - act.at.getTime() < leastRecall) {
    throw new Refusal('draft.state', `第 ${draft.version ?? 0} 版几秒后就要生效，来不及撤回`, {
      remedy: '生效以后以退回旧版（POST /api/definitions/{key}/rollback）另起一份',
    });
  }
  const newest = await newestVersion(transaction, draft.key);
  if (newest && newest.version !== draft.version) {
    throw new Refusal('draft.outdated', `第 ${newest.version} 版以这一版为基准，已经排期`, {
      remedy: `先撤回第 ${newest.version} 版`,
    });
  }
  await addWithdrawal(transaction, draft, act);
}

/**
 * Creates a draft with the bytes of an older version; it needs the usual approval.
 *
 * @returns the draft's number
 * @throws {Refusal} `definition.not-found`; `draft.invalid` if that version is already the newest
 */
export async function rollBack(
  deps: GovernanceDeps,
  { key, version, reason }: { readonly key: string; readonly version: number; readonly reason: string },
  by: Person,
): Promise<number> {
  return deps.database.transaction(async (transaction) => {
    const source = await diagramSource(transaction, key, version);
    const newest = await newestVersion(transaction, key);
    if (newest?.version === version) {
      throw new Refusal('draft.invalid', `第 ${version} 版就是最新的一版`, {
        where: 'version',
        remedy: '写更早的版次',
      });
    }
    const title = `退回第 ${version} 版`;
    return createDraftIn(deps, transaction, { key, title, reason, source, origin: 'rollback' }, by);
  });
}
