/** Submission and decision, bound to the bytes by SHA-256; authors do not decide. */
import { dayNumberOf, parseCivilDate, startOfDay } from '../../kernel/civil-date.js';
import { Refusal } from '../../kernel/index.js';
import { insert } from '../../platform/database/index.js';
import type { Officer } from '../../law/two-person/index.js';
import type { GovernanceDeps } from './drafts.js';
import { assertBase, assertSameBytes, authorsOf, boundSubmission, type Meant } from './guards.js';
import { dayOf } from './law-to-come.js';
import { draftDecision } from './life.js';
import type { Finding } from '../compliance/index.js';
import { baseOf, compared } from './look.js';
import { record } from './record.js';
import { reportsOf, trialOf } from './trial.js';
import { draftEntity, lockDraft, readDraft, sourceOf } from './store/draft-store.js';
import { submissionEntity, type WarningReason } from './store/submission-store.js';

/**
 * @throws {Refusal} `draft.blocked` for an error, or a warning without a reason; `draft.stale`, `draft.outdated`,
 * `draft.state`, `draft.invalid`, `draft.not-found`
 */
export async function submitDraft(
  deps: GovernanceDeps,
  id: number,
  request: Meant & {
    readonly comment: string;
    readonly reasons: readonly WarningReason[];
    /** Day in Asia/Shanghai on which it should take effect; it is checked by the law of that day. Default as of `checkDraft`. */
    readonly meantFor?: string | undefined;
  },
  by: Officer,
): Promise<void> {
  const at = deps.clock.now();
  const prepared = await deps.database.transaction(async (transaction) => {
    const draft = await readDraft(transaction, id, at);
    draftDecision.decide(draft, 'submit', by);
    assertSameBytes(draft, request);
    await assertBase(deps, transaction, draft);
    const source = await sourceOf(transaction, id, draft.revision);
    return { draft, source, base: await baseOf(transaction, draft) };
  });
  const { draft, source, base } = prepared;
  const day = request.meantFor ?? (await dayOf(deps, draft));
  const lawAt = day === undefined ? at : startOfDay(dayNumberOf(parseCivilDate(day, 'meantFor')));
  if (base === source) {
    throw new Refusal('draft.invalid', `与第 ${draft.baseVersion} 版一字不差，没有可提交的`, {
      remedy: '改过再提交；不再需要的，撤回',
    });
  }
  const reports = reportsOf(await trialOf(deps, draft));
  const checks = await deps.check(source, reports, day);
  assertUnblocked(checks.findings, request.reasons);
  const { changes: difference, grounds, approvers } = await compared(deps, draft, base, source);
  await deps.database.transaction(async (transaction) => {
    const locked = await lockDraft(transaction, id, at);
    draftDecision.decide(locked, 'submit', by);
    assertSameBytes(locked, request);
    await assertBase(deps, transaction, locked);
    const { revision, sha256, baseVersion } = locked;
    const { id: submission } = await insert(transaction, submissionEntity, {
      draft: id,
      revision,
      sha256,
      baseVersion,
      login: by.login,
      actor: by.actor,
      comment: request.comment,
      approvers,
      grounds,
      difference,
      checks,
      scenarios: reports.scenarios ?? null,
      replay: reports.replay ?? null,
      runningCases: reports.runningCases ?? null,
      reasons: request.reasons,
      regulation: await deps.regulation(transaction, lawAt),
      submittedAt: at,
    });
    await transaction.repository(draftEntity).update(id, { state: 'submitted', submission, updatedAt: at });
    const submitted = { ...locked, submission };
    await record(deps, transaction, submitted, {
      act: 'submitted',
      by,
      at,
      text: request.comment,
      body: {
        submission,
        baseVersion,
        approvers,
        grounds: [...grounds],
        warnings: request.reasons.map((one) => ({ ...one })),
      },
      tells: {
        to: ['role:compliance-approver'],
        title: `等待批准：${draft.title}`,
        text: `${by.actor}提交了“${draft.title}”，须 ${approvers} 人批准。`,
      },
    });
  });
}

/**
 * @throws {Refusal} `draft.own` for an author, and for a second approval by the same person; `draft.stale`,
 * `draft.outdated`, `draft.state`, `draft.not-found`
 */
export async function approveDraft(
  deps: GovernanceDeps,
  id: number,
  request: Meant & { readonly comment: string },
  by: Officer,
): Promise<void> {
  const at = deps.clock.now();
  await deps.database.transaction(async (transaction) => {
    const draft = await lockDraft(transaction, id, at);
    const { approval, state } = draftDecision.decide(draft, 'approve', by);
    assertSameBytes(draft, request);
    await assertBase(deps, transaction, draft);
    await boundSubmission(transaction, draft);
    const { submission, needed: approvers } = draft;
    const done = state === 'approved';
    await transaction
      .repository(draftEntity)
      .update(id, { state: done ? 'approved' : 'submitted', updatedAt: at });
    await record(deps, transaction, draft, {
      act: 'approved',
      by,
      at,
      text: request.comment,
      body: { submission, approval, approvers },
      tells: {
        to: authorsOf(draft),
        title: done ? `已批准：${draft.title}` : `一人已批准：${draft.title}`,
        text: `${by.actor}批准了“${draft.title}”（第 ${approval} 人，须 ${approvers} 人）。`,
      },
    });
  });
}

/** @throws {Refusal} `draft.stale`, `draft.state`, `draft.not-found` */
export async function rejectDraft(
  deps: GovernanceDeps,
  id: number,
  request: Meant & { readonly reason: string },
  by: Officer,
): Promise<void> {
  const at = deps.clock.now();
  await deps.database.transaction(async (transaction) => {
    const draft = await lockDraft(transaction, id, at);
    draftDecision.decide(draft, 'reject', by, request.reason);
    assertSameBytes(draft, request);
    await transaction
      .repository(draftEntity)
      .update(id, { state: 'rejected', submission: null, updatedAt: at });
    await record(deps, transaction, draft, {
      act: 'rejected',
      by,
      at,
      text: request.reason,
      body: { submission: draft.submission },
      tells: {
        to: authorsOf(draft),
        title: `已驳回：${draft.title}`,
        text: `${by.actor}驳回了“${draft.title}”。意见见草案。`,
      },
    });
  });
}

function assertUnblocked(findings: readonly Finding[], reasons: readonly WarningReason[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new Refusal('draft.blocked', `检查发现 ${errors.length} 处错误：${first(errors)}`, {
      ...(errors[0] ? { where: errors[0].element, provision: errors[0].article } : {}),
      remedy: errors[0]?.fix ?? '改正后再提交',
    });
  }
  const unexplained = findings.filter(
    ({ rule, element }) => !reasons.some((one) => one.rule === rule && one.element === element),
  );
  if (unexplained.length === 0) return;
  throw new Refusal('draft.blocked', `${unexplained.length} 条警告没有写理由：${first(unexplained)}`, {
    where: unexplained[0]?.element ?? '',
    remedy: '每条警告写明为什么可以这样，理由随提交保存',
  });
}

const first = (findings: readonly Finding[]): string =>
  findings
    .slice(0, 5)
    .map(({ element, message }) => `${element}：${message}`)
    .join('；');
