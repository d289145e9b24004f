/** Review of drafts: checks, difference, submission, approval, schedule. */
import { z } from 'zod';
import { draft, sha256 } from './draft.js';
import { replayReport, runningCasesReport, scenarioReport } from './draft-trial.js';
import { complianceOfficers, json, under } from './operation.js';
import {
  anyObject,
  instant,
  instantAsked,
  numbered,
  positive,
  shape,
  shapeAsked,
  text,
} from './primitives.js';
import { cites } from './said-by-law.js';

const finding = shape('Finding', {
  rule: z.string().meta({ example: 'deadline' }),
  severity: z.enum(['error', 'warning']).describe('error 不能提交；warning 须写理由'),
  element: z.string().describe('流程图上的元素'),
  article: z.string().describe('依据的条款；只是画法不对为 —'),
  message: z.string(),
  fix: z.string().describe('怎么改'),
  proof: z
    .object({
      path: z.array(z.string()).readonly().describe('依次经过哪些元素'),
      shows: anyObject.describe('走到最后看得到什么'),
    })
    .optional()
    .describe('一件工单怎样走到这里；能演示的才有，见 /api/counter-examples'),
  decidedBy: z
    .array(z.string())
    .readonly()
    .optional()
    .describe('条件永远不成立、总是成立的：哪些元素定下了走到那里的值'),
});

export const checkReport = shape('CheckReport', { publishable: z.boolean(), findings: z.array(finding) });

export const change = shape('DiagramChange', {
  element: z.string(),
  elementName: z.string(),
  property: z.string(),
  article: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  sentence: z.string().meta({
    description: '一句话',
    example: `${cites('reply')} 回复期限由 5 个工作日改为 4 个工作日`,
  }),
  kind: z.enum(['semantic', 'layout']).describe('layout：只是版面'),
});

const difference = shape('DraftDifference', {
  baseVersion: z.number().int().nullable().describe('与哪一版比'),
  changes: z.array(change),
  approvers: z.number().int().describe('照此须几人批准'),
  grounds: z.array(z.string()).describe('须两人批准的原因'),
});

const warningReason = z.strictObject({
  rule: text(100),
  element: text(200),
  reason: text(2000).describe('为什么可以这样'),
});

export const submission = shape('DraftSubmission', {
  id: z.number().int(),
  revision: z.number().int(),
  sha256,
  baseVersion: z.number().int().nullable(),
  actor: z.string(),
  comment: z.string(),
  submittedAt: instant,
  approvers: z.number().int().describe('须几人批准'),
  grounds: z.array(z.string()),
  approvals: z.array(z.object({ actor: z.string(), at: instant, comment: z.string().nullable() })),
  checks: checkReport,
  changes: z.array(change),
  scenarios: scenarioReport.nullable().describe('提交时情景的结果；还没有试跑的年代提交的为 null'),
  replay: replayReport.nullable().describe('提交时重走以往工单的结果'),
  runningCases: runningCasesReport.nullable().describe('提交时在办的工单里哪些不能移到新版'),
  reasons: z.array(warningReason),
  regulation: z.string().nullable().describe('提交时的条例版本'),
});

const submissions = shape('DraftSubmissions', { items: z.array(submission) });

const newSubmission = shapeAsked('NewDraftSubmission', {
  sha256,
  comment: text(2000).describe('改了什么，为什么'),
  reasons: z.array(warningReason).max(500).default([]).describe('每条警告的理由'),
  meantFor: z.iso
    .date()
    .optional()
    .meta({ description: '打算自何日起现行：按那一天施行的条例核查；不写是今天', example: '2026-12-01' }),
});

const newApproval = shapeAsked('NewDraftApproval', { sha256, comment: text(2000) });
const newRejection = shapeAsked('NewDraftRejection', { sha256, reason: text(2000) });
const newWithdrawal = shapeAsked('NewDraftWithdrawal', { reason: text(2000) });

const newSchedule = shapeAsked('NewDraftSchedule', {
  sha256,
  inForceFrom: instantAsked
    .optional()
    .meta({ description: '自何时起现行，写明时区；不写即一分钟以后', example: '2026-12-01T00:00:00+08:00' }),
  reason: text(2000),
});

const newRollback = shapeAsked('NewRollback', {
  version: positive.describe('退回哪一版'),
  reason: text(2000),
});

const readers = [...complianceOfficers, 'auditor'] as const;
const decided = { 200: json('草案', draft) };

export const draftReviewOperations = under('流程的修改', {
  checkDraft: {
    request: 'GET /api/drafts/{id}/checks',
    summary: '现在这一稿按提交核查：没有试跑的，说还没有做',
    access: readers,
    params: numbered,
    query: z.strictObject({
      on: z.iso
        .date()
        .optional()
        .meta({ description: '按哪一天施行的条例；不写是今天', example: '2026-12-01' }),
    }),
    answers: { 200: json('检查的结果', checkReport) },
    refusals: ['draft.not-found'],
  },
  compareDraft: {
    request: 'GET /api/drafts/{id}/difference',
    summary: '现在这一稿与它要取代的一版有什么不同，一句一项',
    access: readers,
    params: numbered,
    answers: { 200: json('不同之处', difference) },
    refusals: ['draft.not-found'],
  },
  listSubmissions: {
    request: 'GET /api/drafts/{id}/submissions',
    summary: '历次提交，连同当时的检查、不同之处、警告的理由和批准；新的在前',
    access: readers,
    params: numbered,
    answers: { 200: json('历次提交', submissions) },
    refusals: ['draft.not-found'],
  },
  submitDraft: {
    request: 'POST /api/drafts/{id}/submission',
    summary: '提交：检查有错误的不能提交，每条警告写明理由；原文从此不变',
    access: ['compliance-editor'],
    params: numbered,
    body: newSubmission,
    answers: decided,
    refusals: [
      'draft.not-found',
      'draft.state',
      'draft.stale',
      'draft.outdated',
      'draft.blocked',
      'draft.invalid',
    ],
  },
  approveDraft: {
    request: 'POST /api/drafts/{id}/approvals',
    summary: '批准：写过任何一稿的人不得批准；期限、条款、岗位、出口有改动的须两人',
    access: ['compliance-approver'],
    recent: true,
    params: numbered,
    body: newApproval,
    answers: decided,
    refusals: ['draft.not-found', 'draft.state', 'draft.stale', 'draft.outdated', 'draft.own'],
  },
  rejectDraft: {
    request: 'POST /api/drafts/{id}/rejection',
    summary: '驳回；起草的人可以改过再提交',
    access: ['compliance-approver'],
    params: numbered,
    body: newRejection,
    answers: decided,
    refusals: ['draft.not-found', 'draft.state', 'draft.stale'],
  },
  withdrawDraft: {
    request: 'POST /api/drafts/{id}/withdrawal',
    summary: '撤回；已经排期的，生效之前也可以',
    access: complianceOfficers,
    params: numbered,
    body: newWithdrawal,
    answers: decided,
    refusals: ['draft.not-found', 'draft.state', 'draft.outdated'],
  },
  scheduleDraft: {
    request: 'POST /api/drafts/{id}/schedule',
    summary: '排期：批准的原文自某一时刻起成为现行的一版，此后开始的流程适用',
    access: ['compliance-approver'],
    recent: true,
    params: numbered,
    body: newSchedule,
    answers: decided,
    refusals: [
      'draft.not-found',
      'draft.state',
      'draft.stale',
      'draft.outdated',
      'draft.invalid',
      'definition.unsupported',
    ],
  },
  rollBackDefinition: {
    request: 'POST /api/definitions/{key}/rollback',
    summary: '退回旧版：以旧版的原文起一份草案，照样提交、批准、排期',
    access: ['compliance-editor'],
    params: z.strictObject({ key: text(200) }),
    body: newRollback,
    answers: { 201: json('草案', draft) },
    refusals: ['definition.not-found', 'draft.invalid'],
  },
});
