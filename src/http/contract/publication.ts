/** 公开、通报: drafted by the program, completed and approved by people, published for everyone. */
import { z } from 'zod';
import { column } from './column.js';
import { publicationContentSchema, publicationKinds } from '../../measures/assessment/model/index.js';
import { reason } from './classification.js';
import { json, stepRefusals, under } from './operation.js';
import { civilDate, fileAnswer, instant, numbered, shape, text, workOrderNo } from './primitives.js';
import { cites } from './said-by-law.js';

const period = text(7).meta({ description: '月份', example: '2026-10' });
const count = z.number().int();
const version = z.coerce.number().int().min(1).max(10_000).optional().describe('第几版；不写是最新的');
const format = z.enum(['json', 'csv', 'docx', 'pdf']);
const kind = z
  .enum(publicationKinds)
  .describe(
    `public 公开（${cites('publication')}）；intake 每月受理数据的公开，不待考核；circular 通报（${cites('assessment-results')}）`,
  );

const content = publicationContentSchema.meta({ id: 'PublicationContent' });

const typicalCase = z.strictObject({
  no: workOrderNo,
  title: text(100),
  text: text(3000).describe('专为公开写的，不得认得出具体的人'),
});

const publication = shape('Publication', {
  id: count,
  kind: column('哪一种', 'name', kind),
  version: column('版本', 'text', count),
  state: column('状态', 'text', z.enum(['draft', 'approved', 'published'])),
  content: content.describe('发布的原文；没有发布的，是眼下的草稿'),
  period,
  cases: z
    .array(z.object({ no: z.string(), title: z.string(), text: z.string() }))
    .describe('典型案例和所出的工单；只给考核人员'),
  draftedBy: z.string(),
  draftedAt: instant,
  approvedBy: z.string().nullable(),
  digest: z.string().nullable().describe('发布的原文按 RFC 8785 写成规范 JSON 的 SHA-256，轨迹里也有'),
  mayApprove: z.boolean(),
  mayIssue: z.boolean(),
  acts: z.array(
    z.object({
      act: z.enum(['cases', 'approve', 'return', 'publish']),
      actor: z.string(),
      at: instant,
      reason: z.string().nullable(),
    }),
  ),
});

const file = { 200: fileAnswer('application/octet-stream') };

const ofMonth = z.strictObject({ period });
const because = `依${cites('publication')}向社会公开的，没有个人信息；按来源地址限次`;
const refusals = ['publication.not-found', 'publication.altered', 'assessment.settled'] as const;

export const publicationOperations = under(
  '公开',
  {
    listPublications: {
      request: 'GET /api/publications',
      summary: `已经公开的各月受理、办理情况，新的在前（${cites('publication')}）`,
      access: 'anyone',
      because,
      answers: {
        200: json(
          '各月',
          shape('Publications', {
            items: z.array(
              z.object({
                period,
                version: count,
                title: z.string(),
                documentNumber: z.string(),
                issuedOn: civilDate,
              }),
            ),
          }),
        ),
      },
    },
    readPublication: {
      request: 'GET /api/publications/{period}',
      summary: `一个月公开的内容（${cites('publication')}），还没有公开办理情况的是受理数据；更正以前的版本也在`,
      access: 'anyone',
      because,
      params: ofMonth,
      query: z.strictObject({ version }),
      answers: {
        200: json(
          '公开的内容',
          shape('PublishedMonth', { content, versions: z.array(count), digest: z.string() }),
        ),
      },
      refusals: ['assessment.invalid', 'publication.not-found'],
    },
    downloadPublication: {
      request: 'GET /api/publications/{period}/file',
      summary: '一个月公开的内容，作为文件：JSON、CSV、docx、PDF',
      access: 'anyone',
      because,
      params: ofMonth,
      query: z.strictObject({ version, format }),
      answers: file,
      refusals: ['assessment.invalid', 'publication.not-found'],
    },
    listMonthPublications: {
      request: 'GET /api/assessments/{period}/publications',
      summary: '一个月的公开和通报：各版、走到哪里；考核人员看得到草稿，其他人看已经发布的',
      access: ['handler', 'reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'],
      params: ofMonth,
      answers: { 200: json('各版', shape('MonthPublications', { items: z.array(publication) })) },
      refusals: ['assessment.invalid'],
    },
    downloadMonthPublication: {
      request: 'GET /api/assessment-publications/{id}/file',
      summary: '公开、通报的一版，作为文件；没有发布的只给考核人员',
      access: ['handler', 'reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'],
      params: numbered,
      query: z.strictObject({ format }),
      answers: file,
      refusals: ['publication.not-found'],
    },
    correctPublication: {
      request: 'POST /api/assessments/{period}/publications',
      summary: '起草更正的新版；发布了的不改',
      access: ['assessor'],
      params: ofMonth,
      body: z.strictObject({ kind, reason }),
      answers: { 201: json('新版', publication) },
      refusals: [
        'assessment.invalid',
        'assessment.not-found',
        'assessment.settled',
        'publication.personal-data',
      ],
    },
    writeTypicalCases: {
      request: 'PUT /api/assessment-publications/{id}/cases',
      summary: `写典型案例：选已经办结的工单，另写公开的文字，核对没有个人信息（${cites('typical-cases')}）`,
      access: ['assessor'],
      params: numbered,
      body: z.strictObject({ cases: z.array(typicalCase).max(10) }),
      answers: { 200: json('已写', publication) },
      refusals: [...refusals, 'assessment.invalid', 'case.not-found', 'publication.personal-data'],
    },
    rulePublication: {
      request: 'POST /api/assessment-publications/{id}/ruling',
      quiet: true,
      summary: '批准，或者退回重写：由没有写典型案例的人',
      access: ['assessor'],
      params: numbered,
      body: z.strictObject({ decision: z.enum(['approve', 'return']), reason }),
      answers: { 200: json('已决定', publication) },
      refusals: [...refusals, 'assessment.not-yours'],
    },
    issuePublication: {
      request: 'POST /api/assessment-publications/{id}/issue',
      summary: '发布批准了的一版，写文号；考核流程等着这一步的，一并办结',
      access: ['assessor'],
      recent: true,
      params: numbered,
      body: z.strictObject({ documentNumber: text(100) }),
      answers: { 200: json('已发布', publication) },
      refusals: [
        ...refusals,
        'assessment.invalid',
        'assessment.not-yours',
        'publication.personal-data',
        'task.not-found',
        'task.closed',
        'task.not-yours',
        ...stepRefusals,
      ],
    },
  },
  'assessment',
);
