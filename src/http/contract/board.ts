/** 督办看板 and 流程监控: open work orders by level, and where in a process they are. */
import { z } from 'zod';
import { column } from './column.js';
import type { Law } from '../../kernel/law.js';
import { definitionParams } from './definition.js';
import { keyIn } from './package-key.js';
import { keysIn, named, otherColumn, titlesIn, where } from './said-by-law.js';
import { json, under } from './operation.js';
import {
  alteredMark,
  civilDate,
  cursorPage,
  cursorQuery,
  instant,
  level,
  shape,
  text,
  workOrderNo,
} from './primitives.js';

const count = z.number().int();

const columnKey = keyIn('columns', '没有这一列');

/** The level of a column's cases; null is none. */
export const levelOfColumn = (key: z.output<typeof columnKey>): string | null =>
  key === 'normal' ? null : key;
export const columns = (law: Law) =>
  keysIn('columns', law).map((key) => ({ key, level: levelOfColumn(key) }));
/** The board's column for cases of the level. */
export const columnOf = (level: string | null, law: Law): string =>
  level === null ? 'normal' : keysIn('levels', law).includes(level) ? level : otherColumn;

const card = z.object({
  no: workOrderNo,
  title: z.string(),
  unit: z.string().nullable().describe('承办单位'),
  due: instant.nullable().describe('最近的期限；没有在走的，是最早过了、还没有办的那一个'),
  provisional: z.boolean().describe('这个期限跨过尚无放假安排的日子，公布后须重算'),
  upstreamLimit: z.boolean().describe('这个期限是上级热线要求的，比条例的早'),
  altered: alteredMark,
});

const board = shape('Board', {
  columns: z
    .array(
      z.object({
        key: columnKey,
        level,
        cases: count.describe('在办工单件数'),
        cards: z.array(card).describe('期限最近的，至多 20 件'),
        next: z.string().nullable().describe('其余的从此处接着读'),
      }),
    )
    .describe(
      `正常、其他提醒（热线自己的逾期${where('supervision', '、跟踪督办')}等）、${titlesIn('levels')}`,
    ),
  units: z
    .array(z.object({ unit: z.string(), yellow: count, red: count.describe('红灯及以上') }))
    .describe('有黄灯、红灯的主办单位，红灯多的在前'),
  trend: z
    .array(z.object({ day: civilDate, received: count, ended: count }))
    .describe('近 14 天每天受理和办结的件数'),
});

const processLoad = shape('ProcessLoad', {
  elements: z.array(
    z.object({
      name: column('环节', 'name', z.string()),
      tasks: column('待办', 'number', count.describe('停在这里的待办')),
      yellow: column(named('yellow'), 'number', count),
      red: column(`${named('red')}及以上`, 'number', count.describe('红灯及以上')),
      nearing: column('24 小时内到期', 'number', count.describe('工单的期限在 24 小时内届满')),
      element: z.string().meta({ example: 'Task_A' }),
      meanSeconds: column('平均已停', 'number', z.number().describe('现在停在这里的平均已停多少秒')),
      oldest: column('等得最久', 'text', instant.describe('等得最久的一项何时到达')),
    }),
  ),
});

const waiting = z.object({
  no: workOrderNo,
  level: column('灯号', 'light', level),
  due: column('期限', 'due', instant.nullable()),
  title: column('工单', 'name', z.string()),
  openedAt: column('到达', 'text', instant.describe('何时到达这个环节')),
  provisional: z.boolean(),
  upstreamLimit: z.boolean().describe('这个期限是上级热线要求的，比条例的早'),
  altered: alteredMark,
});

/** Roles that see the sheets of many units; in a district, those of the district. */
const overseers = ['intake', 'reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'] as const;

export const boardOperations = under(where('supervision', '督办', '看板'), {
  readProcessLoad: {
    request: 'GET /api/definitions/{key}/load',
    summary: '流程监控：各环节停着多少待办、已停多久，其中黄灯、红灯、将到期的多少',
    access: overseers,
    scopes: ['statistics:read'],
    params: definitionParams,
    answers: { 200: json('各环节', processLoad) },
  },
  listWaiting: {
    request: 'GET /api/definitions/{key}/elements/{element}/cases',
    summary: '流程监控：停在一个环节的工单，期限近的在前',
    access: overseers,
    params: definitionParams.extend({ element: text(200).meta({ example: 'Task_A' }) }),
    query: z.strictObject(cursorQuery),
    answers: { 200: json('一页工单', cursorPage(waiting).meta({ id: 'WaitingPage' })) },
  },
  readBoard: {
    request: 'GET /api/board',
    summary: `${where('supervision', '督办')}看板：在办工单按灯号分列，各单位的黄灯、红灯，近两周的受理和办结`,
    access: overseers,
    scopes: ['statistics:read'],
    answers: { 200: json('看板', board) },
  },
  listBoardCards: {
    request: 'GET /api/board/{column}',
    summary: `${where('supervision', '督办')}看板：一列的工单，期限近的在前`,
    access: overseers,
    params: z.strictObject({ column: columnKey.describe('列') }),
    query: z.strictObject(cursorQuery),
    answers: { 200: json('一页工单', cursorPage(card).meta({ id: 'BoardCards' })) },
  },
});
