/** Sheets of upstream hotlines, until their result is returned. */
import { z } from 'zod';
import { column } from './column.js';
import { workOrder } from './case.js';
import { json, under } from './operation.js';
import { shape, shapeAsked, text, workOrderNo } from './primitives.js';
import { upstream } from './upstream.js';
import { workOrderParams } from './work-order.js';

const waiting = upstream
  .omit({ handedAt: true, handedBy: true })
  .extend({
    workOrder: column('工单', 'case', workOrderNo),
    title: z.string(),
    state: column('办到哪里', 'text', z.enum(['open', 'ended']).describe('open 在办；ended 已办结，待回告')),
    automatic: z.boolean().describe('true：来源设了地址，办结以后由系统发往那里'),
  })
  .meta({ id: 'WaitingUpstreamSheet' });

export const upstreamOperations = under('上级热线', {
  listUpstreamSources: {
    request: 'GET /api/upstream-sources',
    summary: '上级热线：在用的、对应关系写了来文编号的来源',
    access: ['intake'],
    answers: {
      200: json(
        '上级热线',
        shape('UpstreamSources', { items: z.array(z.object({ id: z.number().int(), name: z.string() })) }),
      ),
    },
  },
  listUpstreamSheets: {
    request: 'GET /api/upstream-sheets',
    summary: '上级热线转来、还没有回告的工单，它的期限早的在前，没有期限的在后，至多 500 张',
    access: ['intake'],
    answers: { 200: json('工单', shape('WaitingUpstreamSheets', { items: z.array(waiting) })) },
  },
  handBackByHand: {
    request: 'POST /api/upstream-sheets/{no}/handing-back',
    summary: '已经由人把结果回告上级热线，记入轨迹',
    access: ['intake'],
    params: workOrderParams,
    body: shapeAsked('HandingBack', { note: text(500).describe('怎样回告的，例如“在它的系统里填了”') }),
    answers: { 200: json('回告以后的工单', workOrder) },
    refusals: ['case.not-found', 'upstream.not-waiting'],
  },
});
