/** 审计轨迹: entries of all streams, their signing state, exports. */
import { z } from 'zod';
import { streamKinds } from '../../accountability/stream-kinds/index.js';
import { trailEntry } from './case.js';
import { json, under } from './operation.js';
import { civilDate, day, instant, shape, shapeAsked, text } from './primitives.js';
import { cites, provisionOf, where } from './said-by-law.js';

const streamKind = z.enum(streamKinds).describe('链的种类：工单、流程定义、政策、日历等');

/** Conditions are combined by AND. */
export const trailSelection = {
  no: text(100).optional().describe('工单编号'),
  kind: streamKind.optional(),
  unit: text(100).optional().describe('承办过的单位：整件工单'),
  person: text(200).optional().describe('登录名，或“姓名（登录名）”'),
  from: day.optional().describe('从哪一天起'),
  to: day.optional().describe('到哪一天为止，含当天'),
  article: text(40)
    .regex(/^art\d+(\.p\d+(\.i\d+)?)?$/, '写作 artN（条）、artN.pM（款）或 artN.pM.iK（项）')
    .optional()
    .meta({
      description: `条文，例如 ${provisionOf('time-limit')}`,
      example: provisionOf('time-limit'),
    }),
  element: text(100).optional().describe('流程图上的环节，例如 Task_A'),
};

const foundEntry = trailEntry
  .omit({ sealed: true, step: true, answers: true })
  .extend({
    index: z.number().int().describe('在全库的序号，从 0 起'),
    stream: z.string(),
    kind: streamKind,
    subject: z.string().nullable().describe('对谁、对什么：登录名、单位、环节'),
    prev: z.string().describe('前一条的哈希'),
    before: z.record(z.string(), z.unknown()).describe('同一链上此前的值，只列这一条改了的'),
    after: z.record(z.string(), z.unknown()).describe('这一条写下的值'),
  })
  .meta({ id: 'FoundTrailEntry' });

const trailPage = shape('TrailPage', {
  items: z.array(foundEntry),
  next: z.number().int().nullable().describe('下一页的 before；没有更早的为 null'),
});

export const checkpointMark = z
  .object({ size: z.number().int(), signedAt: instant, key: z.string() })
  .nullable()
  .describe('最近一个签了名的检查点');

/** Same shape as `src/accountability/audit/verdict.ts`. */
export const trailVerdict = shape('TrailVerdict', {
  state: z
    .enum(['genuine', 'not-genuine', 'damaged', 'unused'])
    .describe('真、不真、判断不了（损坏）、没有可以核验的'),
  vouched: z.boolean().describe('有没有系统以外的人作证'),
  conclusion: z.string(),
  sentences: z.array(z.string()).describe('真不真、全不全、谁作证，各一句'),
  next: z.array(z.string()).describe('下一步做什么'),
});

const trailAnchoring = z
  .object({
    anchors: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['witness', 'folder', 's3', 'mail', 'paper']),
        keptSize: z.number().int().nullable().describe('最近留存到第几条'),
        keptAt: instant.nullable(),
        failure: z.string().nullable().describe('为什么没有留存'),
      }),
    ),
    amber: z.string().nullable().describe('外面没有留存、留存不成的，怎样补；都好为 null'),
  })
  .meta({ id: 'TrailAnchoring', description: '检查点留存在哪些外面的地方' });

const trailState = shape('TrailState', {
  placed: z.number().int().describe('已在全库排号的条目数'),
  waiting: z.number().int().describe('已记下、还没有排号的'),
  checkpoint: checkpointMark,
  anchoring: trailAnchoring,
  witnessed: z
    .object({ size: z.number().int(), at: instant, names: z.array(z.string()) })
    .nullable()
    .describe('最近一次见证人联署'),
  verified: z
    .object({
      at: instant,
      entries: z.number().int(),
      holds: z.boolean(),
      verdict: trailVerdict,
      findings: z.array(z.string()).describe('查出的，至多二十处'),
    })
    .nullable()
    .describe('最近一次整本核验'),
});

const size = z.number().int().min(1);
const root = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '根是 64 个十六进制的字（0 至 9、a 至 f）')
  .describe('树根，十六进制');
const code = z
  .string()
  .regex(/^[0-9a-f]{6}$/, '校验码是六个十六进制的字（0 至 9、a 至 f）')
  .describe('日子、条数、根的 SHA-256 的前六个字：抄错了查得出');

const printedRoot = shape('PrintedRoot', {
  origin: z.string().describe('轨迹的名称'),
  day: civilDate,
  size,
  root,
  code,
  signedAt: instant,
  note: z.string().describe('签了名的检查点，原样存成文件可以给 hotline trail verify --note'),
});

const comparedRoot = shape('ComparedRoot', {
  outcome: z
    .enum(['contained', 'rolled-back', 'rewritten'])
    .describe('contained 现在的日志接着它；rolled-back 比它短，退回过；rewritten 前面被改写过'),
  now: z.object({ size: z.number().int(), signedAt: instant.nullable() }),
});

/** Auditors see everything, inspectors the cases with accountability opened. */
export const trailReaders = ['auditor', 'inspector'] as const;

export const trailOperations = under('审计', {
  searchTrail: {
    request: 'GET /api/trail/entries',
    summary: `查找轨迹条目，新的在前${where('accountability', `；监察人员只见有问责的工单（${cites('investigation')}）`)}`,
    access: trailReaders,
    query: z.strictObject({
      ...trailSelection,
      before: z.coerce.number().int().min(0).optional().describe('只要全库序号比它小的'),
      limit: z.coerce.number().int().min(1).max(100).default(30).describe('至多几条，1 至 100'),
    }),
    answers: { 200: json('一页条目', trailPage) },
    refusals: ['calendar.invalid'],
  },
  readTrailState: {
    request: 'GET /api/trail/state',
    summary: '轨迹排到哪里、签到哪里',
    access: trailReaders,
    answers: { 200: json('现状', trailState) },
  },
  readTrailRoot: {
    request: 'GET /api/trail/root',
    summary: '此刻签名的根，印出来留存在系统以外',
    access: trailReaders,
    answers: { 200: json('根', printedRoot) },
    refusals: ['trail.behind', 'trail.key'],
  },
  holdTrailRoot: {
    request: 'POST /api/trail/roots',
    quiet: true,
    summary: '把以前印出来的根填回来：现在的日志还是不是接着它的；记入轨迹',
    access: trailReaders,
    body: shapeAsked('RootToHold', {
      day: day.regex(/^\d{4}-\d\d-\d\d$/, '日子写作 2026-12-01'),
      size,
      root,
      code,
    }),
    answers: { 200: json('核对的结果', comparedRoot) },
    refusals: ['calendar.invalid'],
  },
});
