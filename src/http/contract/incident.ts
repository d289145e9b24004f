/** Stuck firings, for process officers and administrators. */
import { z } from 'zod';
import { column } from './column.js';
import { complianceOfficers, json, stepRefusals, under } from './operation.js';
import { cursorPage, cursorQuery, instant, shape, shapeAsked, text } from './primitives.js';

/** Who may see and retry them; a repair takes two compliance officers. */
const access = ['supervisor', ...complianceOfficers, 'system-admin'] as const;

const wayOut = z.object({
  to: column('通到', 'text', z.string().describe('通到哪个环节')),
  condition: column('条件', 'code', z.string().nullable(), {
    none: '没有写条件',
  }).describe('条件（FEEL）；没有写条件为 null'),
});

const incident = shape('Incident', {
  workOrder: z.string(),
  key: z.string().meta({ description: '本工单的哪一件异常', example: 'timer/1/3' }),
  kind: z
    .enum(['timer', 'message', 'condition'])
    .describe('timer 到期的计时，message 给本工单另一流程的通知，condition 成立的条件'),
  process: z.string(),
  processName: z.string(),
  version: z.number().int(),
  of: z.string().describe('哪个计时、哪个通知'),
  ofName: z.string(),
  place: z.string().nullable().describe('在哪个环节走不下去'),
  placeName: z.string().nullable(),
  code: z.string(),
  title: z.string().describe('错误代码的中文'),
  why: z.string(),
  remedy: z.string().nullable(),
  due: instant.describe('本该发生的法定时刻'),
  since: instant.describe('何时发现'),
  tries: z.number().int().describe('没有成功几次'),
  nextTry: instant.describe('系统何时再试'),
  holdsUp: z.array(z.string()).describe('走通以后才有的环节'),
  waysOut: z.array(wayOut).describe('走不下去的网关有哪些出口'),
  values: z
    .array(z.object({ name: z.string(), value: z.string().nullable() }))
    .describe('这些条件所看的变量现在是什么（JSON）；没有的为 null'),
});

const incidents = shape('Incidents', { ...cursorPage(incident).shape, total: z.number().int() });

const query = z.strictObject({ ...cursorQuery, workOrder: text(100).optional().describe('只列这张工单的') });

const retry = shapeAsked('IncidentRetry', {
  workOrder: text(100),
  key: text(300).meta({ example: 'timer/1/3' }),
});

const retried = shape('RetriedIncident', {
  mended: z.boolean().describe('false：仍走不下去'),
  why: z.string().nullable(),
});

export const incidentOperations = under('运行', {
  listIncidents: {
    request: 'GET /api/incidents',
    summary: '走不下去的期限、通知、条件，法定时刻早的在前；没有工单的内容',
    access,
    query,
    answers: { 200: json('一页异常', incidents) },
  },
  retryIncident: {
    request: 'POST /api/incidents/retries',
    quiet: true,
    summary: '把一件异常立即再试一次，记入轨迹（incident.retried）',
    access,
    body: retry,
    answers: { 200: json('成了没有', retried) },
    refusals: ['case.not-found', 'incident.not-open', ...stepRefusals],
  },
});
