import { z } from 'zod';
import { shape } from './primitives.js';

/** RFC 9457, in Chinese. */
export const problem = shape('Problem', {
  type: z.string().meta({ description: '说明页的地址', example: '/problems/task.closed' }),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().describe('错在哪里'),
  code: z.string().meta({ description: '稳定的错误代码', example: 'task.closed' }),
  instance: z.string().describe('请求的地址'),
  requestId: z.string().describe('请求编号，与响应头 X-Request-Id 相同'),
  where: z.string().optional().describe('具体位置：字段、元素或行'),
  provision: z.string().optional().describe('依据的条款'),
  changes: z.array(z.string()).optional().describe('其间改动了什么，一句一项'),
  remedy: z.string().optional().describe('怎么办'),
});

export type Problem = z.infer<typeof problem>;
