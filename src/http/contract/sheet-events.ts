/** Events since an instant, for subscribers that missed some. */
import { z } from 'zod';
import { json, sheetReaders, under } from './operation.js';
import { cursorQuery, instantAsked, shape } from './primitives.js';
import { eventType, sheetEvent } from './subscription.js';

const eventPage = shape('SheetEventPage', {
  limit: z.number().int().describe('至多看了几条轨迹'),
  next: z.string().nullable().describe('接着读的 cursor；读到了头也给，留着下次用。一条也没有的为 null'),
  more: z.boolean().describe('后面还有；这一页的轨迹可以没有事件'),
  items: z.array(sheetEvent),
});

export const sheetEventOperations = under('其他系统', {
  listSheetEvents: {
    request: 'GET /api/sheet-events',
    summary: '从某一时刻起的事件，与发出的相同，按记下的先后，一页接一页不漏不重：补没有收到的',
    access: sheetReaders,
    scopes: ['work-orders:read', 'work-orders:all'],
    query: z.strictObject({
      ...cursorQuery,
      since: instantAsked.meta({ description: '从哪一法定时刻起', example: '2026-11-24T00:00:00+08:00' }),
      type: eventType.optional(),
    }),
    answers: { 200: json('一页事件', eventPage) },
  },
});
