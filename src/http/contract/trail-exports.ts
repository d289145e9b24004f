/** Exports of the trail: ordered, written in the background, downloaded by the same person. */
import { z } from 'zod';
import { json, under } from './operation.js';
import { fileAnswer, instant, positiveAsked, shape, shapeAsked, text } from './primitives.js';
import { trailReaders, trailSelection } from './trail.js';

const format = z.enum(['bundle', 'csv', 'xlsx', 'pdf', 'xes', 'ocel']);

export const exportRequest = shapeAsked('TrailExportRequest', {
  ...trailSelection,
  format,
  purpose: text(400).describe('作什么用，记入轨迹'),
});

const trailExport = shape('TrailExport', {
  id: z.number().int(),
  title: z.string().describe('导出什么，用文字说'),
  format,
  purpose: z.string(),
  entries: z.number().int().describe('所选的条数'),
  orderedAt: instant,
  state: z
    .enum(['waiting', 'running', 'ready', 'failed', 'expired'])
    .describe('排队、正在做、可以下载、没有做成、已过期'),
  percent: z.number().int().min(0).max(100).describe('做了多少'),
  failure: z.string().nullable().describe('为什么没有做成'),
  files: z
    .array(z.object({ number: z.number().int(), name: z.string(), bytes: z.number().int() }))
    .describe('做好的文件；审计包太大的分作几份'),
  expiresAt: instant.nullable().describe('文件留到何时'),
});

export const trailExportOperations = under('审计', {
  orderTrailExport: {
    request: 'POST /api/trail/exports',
    summary: '要求导出轨迹：先记入轨迹，在后台做成文件；须刚刚验证过身份',
    access: trailReaders,
    recent: true,
    body: exportRequest,
    answers: { 202: json('已记下，正在做', trailExport) },
    refusals: [
      'calendar.invalid',
      'case.not-found',
      'export.too-large',
      'export.too-many',
      'trail.behind',
      'trail.key',
    ],
  },
  listTrailExports: {
    request: 'GET /api/trail/exports',
    summary: '本人要求的导出，新的在前，至多 50 份；都已记入轨迹（链 exports）',
    access: trailReaders,
    answers: { 200: json('本人的导出', shape('TrailExports', { items: z.array(trailExport) })) },
  },
  fetchTrailExport: {
    request: 'GET /api/trail/exports/{id}/files/{number}',
    summary: '下载做好的文件：只有要求导出的人可以；须刚刚验证过身份',
    access: trailReaders,
    recent: true,
    params: z.strictObject({
      id: positiveAsked,
      number: positiveAsked.describe('第几份，从 1 起'),
    }),
    answers: { 200: fileAnswer('application/octet-stream') },
    refusals: ['export.not-found'],
  },
});
