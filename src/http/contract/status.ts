/** How the program and its database are, and how much work is there. */
import { z } from 'zod';
import { definitionVersion } from './definition.js';
import { queue } from './job.js';
import { instant } from './primitives.js';

const count = z.number().int();

export const alive = z.object({ status: z.literal('alive'), version: z.string() }).meta({ id: 'Alive' });

export const ready = z
  .object({ status: z.literal('ready'), database: z.string(), migrations: count })
  .meta({ id: 'Ready' });

export const status = z
  .object({
    now: instant,
    version: z.string(),
    startedAt: instant,
    database: z.object({
      version: z.string(),
      clockSkewMilliseconds: count.meta({ description: '数据库时钟减程序时钟,至多每分钟量一次' }),
      clockSkewMeasuredAt: instant,
      clockSkewExcessive: z.boolean().meta({ description: '超过容许的偏差(默认 2 秒),应当校时' }),
    }),
    cases: z.object({ open: count, ended: count }),
    tasks: z.object({
      open: count,
      byRole: z.array(z.object({ role: z.string().nullable(), roleName: z.string().nullable(), count })),
    }),
    deadlines: z.object({
      running: count,
      dueToday: count.meta({ description: '今日(北京时间)24:00 前届满' }),
      pastDue: count.meta({ description: '已届满而系统尚未触发' }),
      incidents: count.meta({ description: '触发失败、等待重试' }),
    }),
    jobs: queue,
    levels: z.array(
      z.object({ level: z.string(), cases: count.meta({ description: '在办工单中最近升级为此的件数' }) }),
    ),
    definitions: z.array(definitionVersion),
  })
  .meta({ id: 'Status' });
