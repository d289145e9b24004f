/** State of program and database, and amount of work. */
import { z } from 'zod';
import { column } from './column.js';
import { definitionVersion } from './definition.js';
import { queue } from './job.js';
import { json, under } from './operation.js';
import { trailVerdict } from './trail.js';
import { anyObject, eventStream, instant, mostCounted, plainText, shape } from './primitives.js';

const count = z.number().int();

const alive = shape('Alive', { status: z.literal('alive'), version: z.string() });

const ready = shape('Ready', { status: z.literal('ready'), database: z.string(), migrations: count });

export const status = shape('Status', {
  now: instant,
  version: z.string(),
  startedAt: instant,
  database: z.object({
    version: z.string(),
    clockSkewMilliseconds: count.describe('数据库时钟减程序时钟，至多每分钟量一次'),
    clockSkewMeasuredAt: instant,
    clockSkewExcessive: z.boolean().describe('超过容许的偏差（默认 2 秒），应当校时'),
  }),
  cases: z.object({
    open: count,
    ended: count.describe(`已办结件数；至多数到 ${mostCounted}`),
    endedOrMore: z.boolean(),
  }),
  tasks: z.object({
    open: count,
    byRole: z.array(
      z.object({
        role: z.string().nullable(),
        roleName: column('岗位', 'text', z.string().nullable(), { none: '未定' }),
        count: column('待办', 'number', count),
      }),
    ),
  }),
  deadlines: z.object({
    running: count,
    dueToday: count.describe('今日（北京时间）24:00 前届满'),
    pastDue: count.describe('已届满而系统尚未触发'),
    incidents: count.describe('触发失败、等待重试'),
  }),
  jobs: queue,
  attachments: z.object({
    store: z.enum(['folder', 's3']).describe('附件放在目录里，或者 S3 存储里'),
    scans: z.boolean().describe('收附件时是否问病毒扫描（clamd）'),
  }),
  trail: z
    .object({
      verifiedAt: instant,
      holds: z.boolean(),
      entries: count,
      findings: z.array(z.string()).describe('不成立之处'),
      verdict: trailVerdict,
    })
    .nullable()
    .describe('轨迹上次核验的结果；还没有核验过为 null'),
  placing: z
    .object({
      unplacedSince: instant.nullable().describe('最早一条没有排号的条目何时写下；都排了号为 null'),
      unsigned: count.describe('已排号而没有签名的条目'),
      signedAt: instant.nullable().describe('上次签名的时刻；没有新条目时不签'),
      late: z.string().nullable().describe('等了一分钟以上：哪个会话的事务没有结束'),
    })
    .describe('轨迹的排号和签名跟得上没有'),
  anchoring: z.object({
    amber: z.string().nullable().describe('检查点没有留存在外面、有几处没有留存成，怎样补；都好为 null'),
  }),
  levels: z.array(
    z.object({
      level: column('灯号', 'text', z.string()),
      cases: column('在办工单', 'number', count.describe('在办工单中最近升级为此的件数')),
    }),
  ),
  definitions: z.array(definitionVersion),
});

export const statusOperations = under('运行', {
  watchChanges: {
    request: 'GET /api/events',
    summary: '事件流（server-sent events）：changed 哪些工单有了变化，clock 程序的时间；连着不断',
    access: 'signed-in',
    because: '只告知本人看得到的工单编号',
    answers: {
      200: {
        description:
          'changed 的 data 为 JSON：工单编号的数组，或 null（变化太多，重新读取）；clock 的 data 为此刻',
        type: 'text/event-stream',
        schema: eventStream,
      },
    },
  },
  readStatus: {
    request: 'GET /api/status',
    summary: '运行状况与各项计数',
    access: 'signed-in',
    because: '只有计数和版本，没有工单的内容',
    scopes: ['operations:read'],
    answers: { 200: json('运行状况', status) },
  },
  isAlive: {
    request: 'GET /healthz',
    summary: '程序是否在运行（不问数据库）',
    access: 'anyone',
    because: '监控程序没有帐号；只答在不在',
    answers: { 200: json('在运行', alive) },
  },
  isReady: {
    request: 'GET /readyz',
    summary: '能否办事：数据库应答，写得进去，数据结构齐备',
    access: 'anyone',
    because: '监控程序没有帐号；只答能不能办事',
    answers: { 200: json('可以办事', ready) },
    refusals: ['database.unusable'],
  },
  readMetrics: {
    request: 'GET /metrics',
    summary: '运行指标（Prometheus 文本格式）',
    access: ['system-admin'],
    scopes: ['operations:read'],
    answers: { 200: { description: '指标', type: 'text/plain', schema: plainText } },
    refusals: ['database.unreachable'],
  },
  readDocument: {
    request: 'GET /openapi.json',
    summary: '本文档（OpenAPI 3.1）',
    access: 'anyone',
    because: '接口的写法不是秘密；有没有权限另查',
    answers: { 200: json('OpenAPI 3.1 文档', anyObject) },
  },
});
