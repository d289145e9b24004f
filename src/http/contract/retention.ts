/** Retention of each class of data, and the last erasure. */
import { z } from 'zod';
import { column } from './column.js';
import { json, under } from './operation.js';
import { civilDate, instant, provision, shape } from './primitives.js';

export const retention = shape('Retention', {
  classes: z.array(
    z.object({
      key: z.string().meta({ example: 'callers' }),
      label: column('数据', 'text', z.string()),
      meaning: column('保存', 'text', z.string().meta({ example: '36 个月' })),
      source: column('依据', 'text', z.string()),
      lastErased: column(
        '上次清除',
        'number',
        z.number().int().nullable().describe('上次清除了多少件（条）'),
      ),
      policy: z.string().meta({ description: '由哪项政策决定', example: 'keepCallers' }),
      from: z.string().meta({ description: '自何时起算', example: '办结' }),
      keep: z.string().meta({ description: '保存多久', example: 'P36M' }),
      article: provision,
      before: civilDate.describe('这一天零时以前的已经到期'),
    }),
  ),
  keptForGood: z.array(z.object({ label: z.string(), why: z.string() })),
  last: z.object({ at: instant, actor: z.string() }).nullable().describe('上次清除；还没有清除过为 null'),
});

export const retentionOperations = under('运行', {
  readRetention: {
    request: 'GET /api/retention',
    summary: '各类数据保存多久、上次清除了什么',
    access: 'signed-in',
    because: '只有规则和件数，没有工单的内容',
    scopes: ['operations:read'],
    answers: { 200: json('保存期限', retention) },
  },
});
