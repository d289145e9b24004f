/** 督办看板: open work orders by their light, the gravest units, and what the last weeks brought. */
import { z } from 'zod';
import { definitionParams } from './definition.js';
import { json, type Operation } from './operation.js';
import { civilDate, instant, level, workOrderNo } from './primitives.js';

const count = z.number().int();

const card = z.object({
  no: workOrderNo,
  title: z.string(),
  unit: z.string().nullable().meta({ description: '承办单位' }),
  due: instant.nullable().meta({ description: '最近的期限' }),
  provisional: z.boolean().meta({ description: '这个期限跨过尚无放假安排的日子,公布后须重算' }),
});

const board = z
  .object({
    columns: z
      .array(
        z.object({
          level,
          cases: count.meta({ description: '在办工单件数' }),
          cards: z.array(card).meta({ description: '期限最近的,至多 20 件' }),
        }),
      )
      .meta({ description: '正常、提醒、黄牌、红牌、督办、提级督办、问责' }),
    units: z
      .array(z.object({ unit: z.string(), yellow: count, red: count.meta({ description: '红牌及以上' }) }))
      .meta({ description: '有黄牌、红牌的单位,红牌多的在前,至多 12 个' }),
    trend: z
      .array(z.object({ day: civilDate, received: count, ended: count }))
      .meta({ description: '近 14 天每天受理和办结的件数' }),
  })
  .meta({ id: 'Board' });

const processLoad = z
  .object({
    elements: z.array(
      z.object({
        element: z.string().meta({ example: 'Task_Handle' }),
        name: z.string(),
        tasks: count.meta({ description: '停在这里的待办' }),
        yellow: count,
        red: count.meta({ description: '红牌及以上' }),
        oldest: instant.meta({ description: '等得最久的一项何时到达' }),
        cases: z
          .array(z.object({ no: workOrderNo, title: z.string(), level }))
          .meta({ description: '等得最久的,至多 20 件' }),
      }),
    ),
  })
  .meta({ id: 'ProcessLoad' });

/** Who looks over many units' sheets; those of a district over theirs. */
const overseers = ['intake', 'reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'] as const;

export const boardOperations = {
  readProcessLoad: {
    method: 'get',
    path: '/api/definitions/{key}/load',
    tag: '督办',
    summary: '流程监控:各环节停着多少待办,其中黄牌、红牌多少',
    access: overseers,
    scopes: ['statistics:read'],
    params: definitionParams,
    answers: { 200: json('各环节', processLoad) },
    refusals: [],
  },
  readBoard: {
    method: 'get',
    path: '/api/board',
    tag: '督办',
    summary: '督办看板:在办工单按灯号分列,各单位的黄牌、红牌,近两周的受理和办结',
    access: overseers,
    scopes: ['statistics:read'],
    answers: { 200: json('看板', board) },
    refusals: [],
  },
} as const satisfies Record<string, Operation>;
