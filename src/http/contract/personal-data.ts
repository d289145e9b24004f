/** Callers' data: revealing for a purpose, the log of reveals; recusal from a sheet. */
import { z } from 'zod';
import { column } from './column.js';
import { workOrder } from './case.js';
import { json, stepRefusals, under } from './operation.js';
import { instant, pageOf, pageQuery, shape, shapeAsked, text, workOrderNo } from './primitives.js';
import { workOrderParams } from './work-order.js';
import { cites, where } from './said-by-law.js';

const purpose = z
  .enum(['reply', 'follow-up', 'explanation', 'caller-asks', 'supervision', 'investigation'])
  .describe(
    `用途：回复${where('call-back', '、回访')}、说明、核对本人${where('supervision', '、督办核实')}${where('accountability', '、问责核实')}`,
  );

const field = z.enum(['name', 'contact', 'address']).describe('姓名、联系方式、地址');

const earlierField = z
  .enum([...field.options, 'place'])
  .describe('姓名、联系方式、地址；place 是在来电人地址的事发地点');

const revealRequest = shapeAsked('RevealRequest', {
  purpose,
  reason: text(500).meta({
    description: '具体事由；加密保存，轨迹里只有摘要',
    example: '预约周三上门，核对门牌',
  }),
});

const caller = shape('Caller', {
  name: z.string().nullable(),
  contact: z.string().nullable(),
  address: z.string().nullable(),
  earlier: z
    .array(z.object({ field: earlierField, value: z.string(), until: instant }))
    .optional()
    .describe('更正以前登记的，先有的在前；没有更正过的不写'),
});

export const read = shape('PersonalDataRead', {
  at: column('时间', 'instant', instant),
  reader: column('谁', 'person', z.string().describe('登录名')),
  workOrder: column('工单', 'text', workOrderNo),
  purposeName: column('用途', 'text', z.string()),
  reason: column('事由', 'text', z.string().nullable().describe('事由'), { none: '已删除' }),
  fields: column('看了什么', 'text', z.array(field), {
    words: { name: '姓名', contact: '联系方式', address: '地址' },
  }),
  seq: column('轨迹', 'text', z.number().int().describe('轨迹里的编号')),
  purpose,
  stream: z.string().describe('轨迹：一人一天一条'),
});

const readsQuery = z.strictObject({
  ...pageQuery,
  reader: column('登录名', 'text', text(40).optional().describe('谁看的：登录名')),
  workOrder: column('工单编号', 'text', workOrderNo.optional()),
  from: column('从', 'instant', z.iso.date().optional()).meta({
    description: '从哪一天起',
    example: '2026-11-01',
  }),
  to: column('到', 'instant', z.iso.date().optional()).meta({
    description: '到哪一天为止，含当天',
    example: '2026-11-30',
  }),
});

const recusal = shapeAsked('Recusal', {
  persons: text(500).meta({
    description: '须回避的人：姓名或登录名，几人以顿号分隔；加密保存',
    example: '赵六',
  }),
});

const seenBefore = shape('SeenBeforeRecusal', {
  unit: z.string(),
  from: instant.describe('何时起由它办理、协办'),
  to: instant.describe('何时起看不到'),
  entries: z.number().int().describe('看得到轨迹的前多少条'),
  reads: z.array(read).describe('它的人在此以前查看来电人资料的记录'),
});

const erasure = shapeAsked('Erasure', {
  reason: text(500).meta({ description: '为什么删除；加密保存', example: '保存期满' }),
});

export const personalDataOperations = under('个人信息', {
  revealCaller: {
    request: 'POST /api/work-orders/{no}/caller/reveal',
    quiet: true,
    summary: `按用途查看来电人的姓名、联系方式、地址；查看前记入本人当天的轨迹（${cites('callers-data')}、${cites('callers-wishes')}、${cites('recusal')}）`,
    access: ['intake', 'handler', 'reviewer', 'supervisor', 'inspector'],
    recent: true,
    params: workOrderParams,
    body: revealRequest,
    answers: { 200: json('来电人', caller) },
    refusals: ['case.not-found', 'caller.withheld', 'caller.none', 'caller.too-many', 'caller.altered'],
  },
  eraseCaller: {
    request: 'POST /api/work-orders/{no}/caller/erasure',
    summary: '删除来电人的姓名、联系方式、地址和所传的附件，记入轨迹；不能恢复',
    access: ['security-admin'],
    recent: true,
    params: workOrderParams,
    body: erasure,
    answers: {
      200: json(
        '已删除',
        shape('Erased', {
          fields: z.array(field),
          attachments: z.number().int().describe('删了几个来电人的附件'),
        }),
      ),
    },
    refusals: ['case.not-found', 'caller.none', ...stepRefusals],
  },
  recusePersons: {
    request: 'POST /api/work-orders/{no}/recusals',
    summary: `登记须回避的人：看不到这张工单，也不能办（${cites('recusal')}）`,
    access: ['intake', 'reviewer', 'supervisor', 'inspector'],
    params: workOrderParams,
    body: recusal,
    answers: {
      200: json(
        '已登记',
        shape('Recused', {
          unknown: z.array(z.string()).describe('没有帐号的人，只记入轨迹'),
          workOrder: workOrder.nullable().describe('登记以后的工单；登记人自己回避的为 null'),
        }),
      ),
    },
    refusals: ['case.not-found', ...stepRefusals],
  },
  listSeenBeforeRecusal: {
    request: 'GET /api/work-orders/{no}/recusals',
    summary: `应当回避的单位此前看过什么，供裁定的人判断（${cites('recusal')}）`,
    access: ['reviewer', 'supervisor', 'inspector', 'auditor'],
    params: workOrderParams,
    answers: { 200: json('回避以前看过的', shape('SeenBeforeRecusalList', { items: z.array(seenBefore) })) },
    refusals: ['case.not-found'],
  },
  listPersonalDataReads: {
    request: 'GET /api/personal-data-reads',
    summary: '谁在何时为什么查看过来电人资料，新的在前',
    access: ['auditor', 'audit-admin'],
    query: readsQuery,
    answers: { 200: json('一页查看记录', pageOf(read).meta({ id: 'PersonalDataReadPage' })) },
  },
});
