/** Amendments of the regulation: drafted and approved on the screen, in force from a day. */
import { z } from 'zod';
import { column } from './column.js';
import { differenceKinds, editSchema, type DifferenceKind } from '../../law/regulation/model/index.js';
import { transitions } from '../../kernel/law.js';
import { complianceOfficers, json, officers, under } from './operation.js';
import {
  civilDate,
  instant,
  numbered,
  pageOf,
  pageQuery,
  provision,
  shape,
  shapeAsked,
  text,
  workOrderNo,
} from './primitives.js';
import { where } from './said-by-law.js';

const transition = z
  .enum(transitions)
  .describe(
    '施行时还在办理的工单：old 依旧版办完；new 此后的行为引起的义务依新版，已经开始的期限不变；recount 同 new，已经开始、还没有届满的期限也依新版重新计算，不早于施行当日 24:00 届满',
  );
const act = z.enum(['save', 'submit', 'approve', 'reject', 'withdraw']);
const sha256 = z.string().describe('改成的目录的 SHA-256');

const head = {
  id: z.number().int(),
  revision: z.number().int().describe('第几稿'),
  title: column('修改', 'name', z.string()),
  inForceFrom: column('施行日', 'text', civilDate.describe('自这一天零时起施行')),
  state: column(
    '情况',
    'text',
    z.enum(['draft', 'submitted', 'approved', 'in-force', 'rejected', 'withdrawn']),
  ),
  transition: column('施行时还在办理的工单', 'text', transition),
  approvers: column('批准', 'person', z.array(z.string()).describe('批准了这一稿的人；须两人')),
  source: z.string().describe('依据哪个决定'),
  sha256,
  editors: z.array(z.string()).describe('写过其中任何一稿的人'),
};

const touched = z.object({
  name: z.string().describe('标识'),
  title: z.string(),
  why: z.string().describe('为什么牵涉到'),
});

const amendment = shape('Amendment', {
  ...head,
  edits: z.array(editSchema),
  changes: z
    .array(
      z.object({
        about: column('哪里', 'text', z.string().describe('哪一条款、哪一项')),
        before: column('现行', 'text', z.string().nullable(), {
          none: '没有',
        }).describe('现行的；null 没有'),
        after: column('改成', 'text', z.string().nullable(), {
          none: '没有了',
        }).describe('改成的；null 没有了'),
        field: z.string().meta({ example: '期限' }),
        provision: provision.nullable(),
        sentence: z.string(),
      }),
    )
    .describe('逐处对照'),
  warnings: z.array(z.string()).describe('可能漏改的'),
  acts: z.array(
    z.object({
      act,
      revision: z.number().int(),
      actor: z.string(),
      at: instant,
      reason: z.string(),
    }),
  ),
  possible: z
    .array(z.object({ act, hindrance: z.string().nullable().describe('null 您现在可以') }))
    .describe('您现在可以怎样办'),
});

const impact = shape('AmendmentImpact', {
  provisions: z.array(provision),
  elements: z.array(touched.extend({ process: z.string() })).describe('现行流程图里牵涉到的环节'),
  policies: z.array(touched),
  scenarios: z.array(touched),
  tables: z.array(touched).describe('写着改动的条款、原来的长短的决策表'),
  documents: z.array(touched).describe('照旧写着的通知、告知、公开的文字'),
  unready: z
    .array(
      z.object({
        where: column('哪里', 'text', z.string()),
        why: column('为什么', 'text', z.string()),
        fix: column('怎样改', 'text', z.string()),
      }),
    )
    .describe('还没有跟上的：照修改以后的条例查出错的流程图、决策表，照旧写着的文字'),
  undrawn: z
    .array(z.object({ norm: z.string(), says: z.string() }))
    .describe('须有环节履行，现行的流程图里还没有的义务'),
  running: z
    .array(z.object({ norm: z.string(), says: z.string(), cases: z.number().int() }))
    .describe('此刻有多少件正在办理的工单欠着这项义务'),
});

const counts = {
  owedBefore: z.number().int().describe('现行的：多少项这样的义务'),
  owedAfter: z.number().int(),
  violatedBefore: z.number().int().describe('现行的：其中违反的'),
  violatedAfter: z.number().int(),
  moved: z.number().int().describe('期限不同的'),
};

const rate = z.number().int().nullable();

const comparison = shape('LawComparison', {
  state: z
    .enum(['none', 'running', 'failed', 'made'])
    .describe('none：现在这一稿还没有比较过；failed：试了几次都没有做完，可以重新比较'),
  firstDay: civilDate.nullable().describe('比较这一天起受理的工单'),
  lastDay: civilDate.nullable().describe('到这一天为止，含当天'),
  askedAt: instant.nullable(),
  madeAt: instant.nullable(),
  progress: z.object({ done: z.number().int(), of: z.number().int() }).nullable(),
  failure: z.string().nullable(),
  report: z
    .object({
      cases: z.number().int().describe('比较了几件'),
      unread: z.number().int().describe('轨迹被改动、读不出来，没有比较的'),
      differing: z.number().int().describe('有不同的'),
      otherLevels: z.number().int().describe('其中升级不同的'),
      norms: z.array(z.object({ norm: z.string(), says: z.string(), ...counts })),
      units: z.array(z.object({ unit: z.string().nullable().describe('null 不归某个单位'), ...counts })),
      notCounted: z
        .array(z.object({ norm: z.string(), says: z.string() }))
        .describe('期限改了、没有重新数的：不以工作日计，或者同一计时还有更短的'),
      assessed: z
        .object({
          method: z.string().describe(where('assessment', '考核办法的名称')),
          isSample: z.boolean().describe(where('assessment', 'true：没有经批准的考核办法，依示例')),
          indicators: z
            .array(z.object({ key: z.string(), label: z.string() }))
            .describe('两部条例下不同的指标'),
          units: z.array(
            z.object({
              unit: z.string().nullable().describe('null 全市'),
              rates: z.array(
                z.object({
                  indicator: z.string(),
                  before: rate.describe('现行的'),
                  after: rate.describe('改成的'),
                }),
              ),
            }),
          ),
        })
        .describe(where('assessment', '这些工单在考核里怎样计：指标有不同的单位，万分之几，null 没有数据')),
      kept: z.number().int().describe('不同的工单里逐件留下的；再多的只计数'),
    })
    .nullable(),
});

const comparedCase = shape('ComparedCase', {
  no: workOrderNo,
  duties: z.array(
    z.object({
      norm: z.string(),
      says: z.string(),
      unit: z.string().nullable(),
      kind: z.enum(Object.keys(differenceKinds) as DifferenceKind[]).describe(
        Object.entries(differenceKinds)
          .map(([kind, title]) => `${kind} ${title}`)
          .join('；'),
      ),
      before: z.string().describe('依现行的：期限、结论'),
      after: z.string().describe('依改成的'),
      reason: z.string(),
    }),
  ),
  levels: z
    .object({ before: z.string(), after: z.string() })
    .nullable()
    .describe('升到哪一级、何时；null 相同'),
});

/** Roles that read the comparison. As in a trial, they see no content of sheets. */
const comparisonReaders = [...complianceOfficers, 'auditor'] as const;

const comparedChoice = {
  norm: text(40).optional().describe('只要这项义务不同的'),
  unit: text(200).optional().describe('只要这个单位的义务不同的'),
};

const terms = {
  title: text(200).meta({ example: '关于修改办理期限的决定' }),
  source: text(500).describe('哪个机关何时通过的决定'),
  inForceFrom: z.iso.date().meta({ example: '2026-12-01', description: '自这一天零时起施行，晚于今天' }),
  transition,
  edits: z.array(editSchema).min(1).max(200),
  reason: text(2000),
};

export const amendmentOperations = under('条例', {
  listAmendments: {
    request: 'GET /api/amendments',
    summary: '条例的各项修改：起草的、等待批准的、何时施行的',
    access: officers,
    answers: {
      200: json('各项修改', shape('AmendmentList', { items: z.array(shape('AmendmentHead', head)) })),
    },
  },
  draftAmendment: {
    request: 'POST /api/amendments',
    summary: '起草一项修改：在最新的一版上逐项改动',
    access: ['compliance-editor'],
    body: shapeAsked('NewAmendment', terms),
    answers: { 201: json('修改', amendment) },
    refusals: ['amendment.invalid', 'amendment.state', 'calendar.invalid'],
  },
  readAmendment: {
    request: 'GET /api/amendments/{id}',
    summary: '一项修改：逐项的改动，与现行的一版对照，经过',
    access: officers,
    params: numbered,
    answers: { 200: json('修改', amendment) },
    refusals: ['amendment.not-found', 'amendment.invalid', 'amendment.stale'],
  },
  saveAmendment: {
    request: 'PUT /api/amendments/{id}',
    summary: '存一稿；已经提交的退回起草，批准作废',
    access: ['compliance-editor'],
    params: numbered,
    body: shapeAsked('AmendmentRevision', {
      ...terms,
      revision: z.number().int().min(1).max(1_000_000).describe('改的是第几稿'),
    }),
    answers: { 200: json('修改', amendment) },
    refusals: [
      'amendment.not-found',
      'amendment.invalid',
      'amendment.stale',
      'amendment.state',
      'calendar.invalid',
    ],
  },
  ruleAmendment: {
    request: 'POST /api/amendments/{id}/acts',
    quiet: true,
    summary: '提交、批准（须两人）、不批准、撤回',
    access: complianceOfficers,
    recent: true,
    params: numbered,
    body: shapeAsked('AmendmentAct', {
      act: act.exclude(['save']),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .describe('您看到的那一稿的 sha256'),
      reason: text(2000),
    }),
    answers: { 200: json('修改', amendment) },
    refusals: [
      'amendment.not-found',
      'amendment.invalid',
      'amendment.own',
      'amendment.stale',
      'amendment.state',
      'calendar.invalid',
    ],
  },
  readAmendmentImpact: {
    request: 'GET /api/amendments/{id}/impact',
    summary: '牵涉到什么：条款、环节、政策、情景、文字、正在办理的工单',
    access: officers,
    params: numbered,
    answers: { 200: json('影响', impact) },
    refusals: ['amendment.not-found', 'amendment.invalid', 'amendment.stale'],
  },
  readLawComparison: {
    request: 'GET /api/amendments/{id}/comparison',
    summary: '以前的工单依现行的、改成的条例各办一遍：做到哪里，各义务、各单位差多少',
    access: comparisonReaders,
    params: numbered,
    answers: { 200: json('比较', comparison) },
    refusals: ['amendment.not-found'],
  },
  orderLawComparison: {
    request: 'POST /api/amendments/{id}/comparison',
    summary: '在后台把以前的工单依两部条例各办一遍；做过的重新做',
    access: complianceOfficers,
    params: numbered,
    body: shapeAsked('ComparisonPeriod', {
      from: z.iso.date().optional().describe('这一天起受理的；不写为截止日以前十二个月'),
      to: z.iso.date().optional().describe('到这一天为止，含当天；不写为今天'),
    }),
    answers: { 202: json('比较', comparison) },
    refusals: ['amendment.not-found', 'amendment.invalid', 'calendar.invalid'],
  },
  cancelLawComparison: {
    request: 'DELETE /api/amendments/{id}/comparison',
    summary: '停止正在做的比较；做好的删去',
    access: complianceOfficers,
    params: numbered,
    answers: { 200: json('比较', comparison) },
    refusals: ['amendment.not-found'],
  },
  listComparedCases: {
    request: 'GET /api/amendments/{id}/comparison/cases',
    summary: '两部条例之下不同的工单，每件写明哪里不同、为什么；逐件列出',
    access: comparisonReaders,
    params: numbered,
    query: z.strictObject({ ...pageQuery, ...comparedChoice }),
    answers: { 200: json('不同的工单', pageOf(comparedCase).meta({ id: 'ComparedCaseList' })) },
    refusals: ['amendment.not-found'],
  },
  fetchComparedCases: {
    request: 'GET /api/amendments/{id}/comparison/cases/csv',
    summary: '两部条例之下不同的工单，全部，CSV（RFC 4180,UTF-8）：一行是一项不同的义务，或者升级',
    access: comparisonReaders,
    params: numbered,
    query: z.strictObject(comparedChoice),
    answers: {
      200: {
        description: 'CSV',
        type: '*/*',
        schema: z.string(),
        headers: { 'Content-Disposition': '保存的文件名' },
      },
    },
    refusals: ['amendment.not-found'],
  },
});
