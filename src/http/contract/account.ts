/** The signed-in person's own account and sessions. */
import { z } from 'zod';
import { column } from './column.js';
import { json, under } from './operation.js';
import { instant, shape } from './primitives.js';

const sessions = shape('Sessions', {
  items: z.array(
    z.object({
      id: z.string(),
      startedAt: column('登录于', 'instant', instant.describe('登录的时刻')),
      seenAt: column('最近一次使用', 'text', instant.describe('最近一次使用')),
      current: z.boolean().describe('就是现在这一个'),
    }),
  ),
});

export const accountOperations = under('登录', {
  listSessions: {
    request: 'GET /api/account/sessions',
    summary: '自己在哪些地方登录着',
    access: 'signed-in',
    because: '只看本人的',
    answers: { 200: json('会话，最近用过的在前', sessions) },
  },
  endSession: {
    request: 'DELETE /api/account/sessions/{id}',
    summary: '结束自己的一个会话，记入轨迹',
    access: 'signed-in',
    because: '只结束本人的',
    params: z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/, '会话的编号不对') }),
    answers: { 200: json('还有哪些会话', sessions) },
  },
});
