/** 考核: figures by month and unit, with the sheets they count. */
import { z } from 'zod';
import { column } from './column.js';
import { methodContentOf } from '../../measures/assessment/model/index.js';
import { reason } from './classification.js';
import { packageKey } from './package-key.js';
import { complianceOfficers, json, stepRefusals, under } from './operation.js';
import { cursorPage, cursorQuery, instant, numbered, provision, shape, text } from './primitives.js';
import { completion, task } from './task.js';
import { cites, named } from './said-by-law.js';

const period = text(7).meta({ description: '考核周期', example: '2026-10' });
const measure = packageKey('考核的量', 'measures', 'assessment-method');
const count = z.number().int();
const rate = count.nullable().describe('万分之一；null 没有可计的');
const readers = ['handler', 'reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'] as const;
const overseers = ['reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'] as const;

export const unitFigures = shape('UnitFigures', {
  unit: z.string(),
  group: z.string().nullable().describe('在哪一组里排名'),
  rank: count.nullable(),
  score: count.describe('万分之一'),
  poor: z.boolean().describe(`考核差或者满意度低（${cites('poor-results')}）`),
  rates: z.array(z.object({ indicator: z.string(), rate, short: z.boolean() })),
  counts: z.array(z.object({ measure, met: count, of: count })),
});

const measureView = shape('Measure', {
  key: column('量', 'code', measure),
  label: column('名称', 'text', z.string()),
  article: column('条文', 'article', provision),
  of: column('分母', 'text', z.string().describe('分母')),
  met: column('分子', 'text', z.string().describe('分子')),
  instant: z.string().describe('属于哪个月'),
});

const methodContent = methodContentOf({
  kind: packageKey('类别', 'kinds'),
  measure: packageKey('考核的量', 'measures'),
  unitKind: packageKey('单位的种类', 'unit-kinds'),
});

const methodView = methodContent
  .extend({
    version: z.string(),
    approvedBy: z.string().nullable(),
    approvedOn: z.string().nullable(),
  })
  .meta({ id: 'AssessmentMethod' });

const objection = shape('Objection', {
  number: column('异议', 'text', count),
  unit: column('单位', 'text', z.string()),
  ground: column(
    '理由和证据',
    'text',
    z.string().describe('理由和证据，提出的单位所写；封存的已经清除的为空'),
  ),
  result: column('裁定', 'text', z.enum(['upheld', 'rejected']).nullable()),
  measure,
  at: instant.nullable(),
  raisedBy: z.string(),
  entry: count.describe('考核流程轨迹的第几条'),
  corrected: z.object({ met: count, of: count }).nullable(),
  decidedAt: instant.nullable(),
});

const assessment = shape('Assessment', {
  period,
  closedAt: instant.nullable().describe('null 还没有关闭，数字随时在变'),
  closesAt: instant.nullable().describe('现行的考核流程写的定时，例如次月第一个工作日零点；没有写的为空'),
  method: methodView.nullable().describe('适用的办法；没有经批准的，是示例'),
  received: count,
  circulated: z.boolean().describe('已经通报：各单位可以看全部'),
  units: z.array(unitFigures),
  run: z
    .object({
      no: z.string(),
      ended: z.boolean(),
      objectionsUntil: instant.nullable(),
      objections: z.array(objection),
      tasks: z.array(task.extend({ mine: z.boolean() })),
    })
    .nullable(),
});

const fact = shape('AssessedFact', {
  no: z.string().describe('工单编号；知识库是条目所在的链'),
  measure,
  unit: z.string(),
  at: instant,
  met: z.boolean(),
  excluded: z.boolean().describe('准予不计'),
  round: count,
  kind: z.string(),
  opened: count.describe('从轨迹第几条起'),
  decided: count.describe('由轨迹第几条决定'),
  countedWith: z.string().nullable().describe('并单计一次的：随哪张主单计，不另计；另计的为 null'),
  merged: count.describe('并单计一次的：有几件并入它的随它计'),
});

const exclusion = shape('Exclusion', {
  id: count,
  no: column('工单', 'case', z.string()),
  unit: column('单位', 'text', z.string()),
  measure: column('不计哪一项', 'text', measure),
  ground: column('理由', 'text', z.string()),
  ruling: column(
    '决定',
    'text',
    z.object({ granted: z.boolean(), reason: z.string(), ruledBy: z.string(), ruledAt: instant }).nullable(),
  ),
  appliedBy: z.string(),
  appliedAt: instant,
  possible: z
    .array(z.object({ act: z.literal('rule'), hindrance: z.string().nullable().describe('null 现在可以') }))
    .describe('依岗位提问的人可以做的，和现在为什么不能'),
});

const verdict = z.enum(['approve', 'reject', 'withdraw']);

const proposal = shape('MethodProposal', {
  id: count,
  content: methodContent,
  author: z.string(),
  reason: z.string(),
  effectiveFrom: period,
  proposedAt: instant,
  state: z.enum(['proposed', 'approved', 'rejected', 'withdrawn']),
  possible: z.array(verdict).describe('提问的人现在可以做的'),
  ruling: z
    .object({
      actor: z.string(),
      reason: z.string(),
      document: z.string().nullable(),
      ruledAt: instant,
    })
    .nullable(),
});

const params = z.strictObject({ period });

export const assessmentOperations = under(
  '考核',
  {
    listAssessments: {
      request: 'GET /api/assessments',
      summary: '有数字的考核周期，新的在前；全市逐月的趋势',
      access: readers,
      scopes: ['statistics:read'],
      query: z.strictObject({ unit: text(100).optional().describe('只看一个单位的趋势') }),
      answers: {
        200: json(
          '周期',
          shape('Assessments', {
            measures: z.array(measureView),
            periods: z.array(
              z.object({
                period,
                closed: z.boolean(),
                counts: z.array(z.object({ measure, met: count, of: count })),
              }),
            ),
          }),
        ),
      },
    },
    readAssessment: {
      request: 'GET /api/assessments/{period}',
      summary: '一个周期：各单位的指标、得分、名次，考核流程走到哪里',
      access: readers,
      params,
      answers: { 200: json('考核', assessment) },
      refusals: ['assessment.invalid'],
    },
    listAssessedFacts: {
      request: 'GET /api/assessments/{period}/facts',
      summary: `一个数字所计的工单，没有达到的在前（${cites('sheet')}）`,
      access: readers,
      params,
      query: z.strictObject({
        ...cursorQuery,
        measure,
        unit: text(100).optional(),
        met: z.enum(['true', 'false']).optional().describe('只看达到的，或者只看没有达到的'),
      }),
      answers: {
        200: json(
          '一页所计的',
          cursorPage(fact)
            .extend({ total: count.describe('共几项，准予不计的在内') })
            .meta({ id: 'AssessedFacts' }),
        ),
      },
      refusals: ['assessment.invalid'],
    },
    readAssessmentSpread: {
      request: 'GET /api/assessments/{period}/spread',
      summary: `按区县和分类的分布（${cites('shared-data')}）`,
      access: overseers,
      scopes: ['statistics:read'],
      params,
      query: z.strictObject({ measure: measure.default('accepted') }),
      answers: {
        200: json(
          '分布',
          shape('AssessmentSpread', {
            cells: z.array(
              z.object({
                district: z.string().describe('空：没有写'),
                area: z.string().describe('一级分类的编码；空：没有归类'),
                areaName: z.string(),
                met: count,
                of: count,
              }),
            ),
          }),
        ),
      },
      refusals: ['assessment.invalid'],
    },
    raiseObjection: {
      request: 'POST /api/assessments/{period}/objections',
      summary: `单位对自己的数字提出异议（${cites('assessment-results')}）`,
      access: ['handler'],
      params,
      body: z.strictObject({ unit: text(100), measure, ground: text(2000) }),
      answers: { 201: json('考核', assessment) },
      refusals: [
        'assessment.invalid',
        'assessment.not-found',
        'assessment.not-yours',
        'assessment.closed',
        'case.not-found',
        'stimulus.not-waiting',
        ...stepRefusals,
      ],
    },
    decideObjection: {
      request: 'POST /api/assessments/{period}/objections/{number}/ruling',
      summary: `裁定一件异议：由该单位以外、没有公布和确认结果的人（${cites('assessment-results')}）`,
      access: ['assessor'],
      params: params.extend({ number: z.coerce.number().int().min(1).max(100_000) }),
      body: z.strictObject({
        upheld: z.boolean(),
        corrected: z
          .strictObject({ met: z.number().int().min(0), of: z.number().int().min(0) })
          .nullable()
          .describe('异议成立的，更正后的分子和分母'),
        reason,
      }),
      answers: { 200: json('考核', assessment) },
      refusals: [
        'assessment.invalid',
        'assessment.not-found',
        'assessment.not-yours',
        'assessment.settled',
        'task.not-found',
        'task.closed',
        'task.not-yours',
        ...stepRefusals,
      ],
    },
    completeAssessmentTask: {
      request: 'POST /api/assessments/{period}/tasks/{id}/completion',
      summary: `办理考核流程的一项：公布、确认、通报、整改意见、整改报告、核查、公开、报送（${cites('assessment-results')}）`,
      access: ['handler', 'assessor'],
      params: params.extend({ id: text(500) }),
      body: completion,
      answers: { 200: json('考核', assessment) },
      refusals: [
        'assessment.invalid',
        'assessment.not-found',
        'publication.missing',
        'task.not-found',
        'task.closed',
        'task.not-yours',
        ...stepRefusals,
      ],
    },
    listExclusions: {
      request: 'GET /api/assessments/{period}/exclusions',
      summary: '申请不计考核的，新的在前',
      access: ['handler', 'assessor', 'auditor'],
      params,
      answers: { 200: json('申请', shape('Exclusions', { items: z.array(exclusion) })) },
      refusals: ['assessment.invalid'],
    },
    applyForExclusion: {
      request: 'POST /api/assessment-exclusions',
      summary: '单位申请不计自己的一项，写明理由',
      access: ['handler'],
      body: z.strictObject({
        no: text(100),
        measure,
        opened: z.number().int().min(1).describe('那一项从轨迹第几条起'),
        ground: text(2000),
      }),
      answers: { 201: json('已申请', exclusion) },
      refusals: ['assessment.not-found', 'assessment.settled', 'assessment.closed'],
    },
    ruleOnExclusion: {
      request: 'POST /api/assessment-exclusions/{id}/ruling',
      summary: '决定一件申请：由申请人以外、不属于该单位的人',
      access: ['assessor'],
      params: numbered,
      body: z.strictObject({ granted: z.boolean(), reason }),
      answers: { 200: json('已决定', exclusion) },
      refusals: ['assessment.not-found', 'assessment.not-yours', 'assessment.settled', 'assessment.closed'],
    },
    listMethods: {
      request: 'GET /api/assessment-methods',
      summary: `考核办法：现行的、提出的，历来的；示例底稿；各个量的定义（${cites('assessment-method')}）`,
      access: 'signed-in',
      because: '考核办法是各承办单位共同遵守的，没有工单的内容',
      answers: {
        200: json(
          '考核办法',
          shape('AssessmentMethods', {
            inForce: methodView.nullable(),
            sample: methodContent,
            measures: z.array(measureView),
            proposals: z.array(proposal),
          }),
        ),
      },
    },
    previewMethod: {
      request: 'POST /api/assessment-methods/preview',
      quiet: true,
      summary: '用一份办法算一个过去的周期，不保存，不改动已经关闭的',
      access: ['assessor', ...complianceOfficers],
      body: z.strictObject({ content: methodContent, period }),
      answers: {
        200: json(
          '算的结果',
          shape('MethodPreview', {
            period,
            before: z.array(unitFigures).nullable(),
            after: z.array(unitFigures),
          }),
        ),
      },
      refusals: ['assessment.invalid', 'expression.invalid'],
    },
    proposeMethod: {
      request: 'POST /api/assessment-methods',
      summary: `提出一份考核办法，自将来的月份起（${cites('assessment-method')}）`,
      access: ['assessor', 'compliance-editor'],
      body: z.strictObject({ content: methodContent, effectiveFrom: period, reason }),
      answers: { 201: json('已提出', proposal) },
      refusals: ['assessment.invalid', 'expression.invalid'],
    },
    ruleMethod: {
      request: 'POST /api/assessment-methods/{id}/ruling',
      quiet: true,
      summary: `批准（${named('method-document')}）、否决，或者由提出人撤回`,
      access: ['assessor', ...complianceOfficers],
      recent: true,
      params: numbered,
      body: z.strictObject({
        decision: verdict,
        reason,
        document: text(200).nullable().default(null).describe('批准的文号'),
      }),
      answers: { 200: json('已决定', proposal) },
      refusals: ['assessment.invalid', 'assessment.not-found', 'assessment.not-yours', 'assessment.settled'],
    },
  },
  'assessment',
);
