/** Migrating running cases to another version of their process. */
import { z } from 'zod';
import { column } from './column.js';
import { complianceOfficers, json, under } from './operation.js';
import { instant, numbered, positive, shape, shapeAsked, text } from './primitives.js';

const version = positive;
const mapping = z
  .record(text(200), text(200))
  .refine((given) => Object.keys(given).length <= 1000, '至多 1000 项')
  .meta({ description: '旧版的元素 → 新版的元素；没有写的，标识不变', example: { Task_A: 'Task_B' } });

const caseMigration = shape('CaseMigration', {
  id: z.number().int(),
  key: column('流程', 'name', z.string()),
  to: column('换到', 'text', z.number().int().describe('换到第几版')),
  state: column(
    '状态',
    'text',
    z.enum(['proposed', 'approved', 'withdrawn', 'running', 'finished']),
  ).describe('proposed 等待批准、approved 已批准、withdrawn 已撤回、running 正在进行、finished 已完成'),
  actor: column('提出', 'person', z.string().describe('提出人')),
  approvedBy: column('批准', 'person', z.string().nullable()),
  moved: column('已换', 'number', z.number().int().describe('已换的工单')),
  stayed: column('留下', 'number', z.number().int().describe('留在旧版的工单')),
  from: z.number().int().describe('从第几版'),
  mapping: z.record(z.string(), z.string()),
  reason: z.string(),
  startedBy: z.string().nullable(),
  proposedAt: instant,
  finishedAt: instant.nullable(),
});

const preview = z.object({
  examined: z.number().int().describe('看了多少件正在办的工单'),
  more: z.boolean().describe('true：还有没看的'),
  movable: z.number().int().describe('其中可以换的'),
  hindrances: z
    .array(
      z.object({
        element: z.string(),
        elementName: column('停在', 'text', z.string()),
        why: column('为什么换不了', 'text', z.string()),
        cases: column('件数', 'number', z.number().int()),
        examples: column('例如', 'text', z.array(z.string()).describe('其中几件的编号')),
      }),
    )
    .describe('换不了的停在哪里、为什么，多的在前'),
});

const caseMigrationDetail = shape('CaseMigrationDetail', {
  ...caseMigration.shape,
  possible: z.array(z.enum(['approve', 'withdraw', 'start'])).describe('提问的人现在可以做的'),
  preview: preview.nullable().describe('照现在的情况，哪些换得了；已经开始的为 null'),
  left: z
    .array(z.object({ no: z.string(), why: z.string() }))
    .describe('留在旧版的工单（至多 200 件）和原因'),
});

const newMigration = shapeAsked('NewCaseMigration', {
  key: text(200),
  from: version,
  to: version,
  mapping: mapping.default({}),
  reason: text(2000),
});

const answers = { 200: json('换版', caseMigrationDetail) };

export const caseMigrationOperations = under('流程的修改', {
  listMigrations: {
    request: 'GET /api/migrations',
    summary: '正在办的工单换到流程新版，新提出的在前',
    access: [...complianceOfficers, 'auditor'],
    answers: { 200: json('换版', z.object({ items: z.array(caseMigration) })) },
  },
  proposeMigration: {
    request: 'POST /api/migrations',
    summary: '提出把正在办的工单换到流程的另一版；由他人批准后才能开始',
    access: ['compliance-editor'],
    body: newMigration,
    answers: { 201: json('换版', caseMigrationDetail) },
    refusals: ['definition.not-found', 'migration.invalid'],
  },
  readMigration: {
    request: 'GET /api/migrations/{id}',
    summary: '一次换版：照现在的情况哪些工单换不了、为什么，做到哪里，留下了哪些',
    access: [...complianceOfficers, 'auditor'],
    params: numbered,
    answers,
    refusals: ['migration.not-found'],
  },
  approveMigration: {
    request: 'POST /api/migrations/{id}/approvals',
    summary: '批准一次换版；提出的人不得批准',
    access: ['compliance-approver'],
    recent: true,
    params: numbered,
    body: shapeAsked('NewMigrationApproval', { comment: text(2000) }),
    answers,
    refusals: ['migration.not-found', 'migration.state', 'migration.own'],
  },
  withdrawMigration: {
    request: 'POST /api/migrations/{id}/withdrawal',
    summary: '撤回还没有开始的换版',
    access: complianceOfficers,
    params: numbered,
    body: shapeAsked('NewMigrationWithdrawal', { reason: text(2000) }),
    answers,
    refusals: ['migration.not-found', 'migration.state'],
  },
  runMigration: {
    request: 'POST /api/migrations/{id}/run',
    summary: '开始换版：在后台一批一批地换，换不了的留在旧版并说明原因',
    access: ['compliance-approver'],
    recent: true,
    params: numbered,
    answers,
    refusals: ['migration.not-found', 'migration.state', 'migration.invalid'],
  },
});
