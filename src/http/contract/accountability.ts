/** 问责: cases with accountability opened or a clue registered. */
import { z } from 'zod';
import { column } from './column.js';
import { json, under } from './operation.js';
import { cursorPage, cursorQuery, instant, provision, shape, workOrderNo } from './primitives.js';
import { checkpointMark } from './trail.js';
import { workOrderParams } from './work-order.js';
import { cites } from './said-by-law.js';

const accountabilityList = cursorPage(
  z.object({
    no: workOrderNo,
    openedAt: column('开始', 'instant', instant.describe('问责流程第一次开始')),
    title: column('工单', 'name', z.string()),
    unit: column('承办单位', 'text', z.string().nullable()),
    grounds: column('情形', 'article', z.array(provision), { none: '待登记' }).describe(
      '涉嫌情形，各件问责的；都还没有登记的是空的',
    ),
    tasks: column('现在', 'text', z.array(z.string()), {
      none: '等待',
    }).describe('此刻要办的环节'),
    opened: z.boolean().describe(`${cites('not-handled-after-supervision')}的前提经轨迹核对成立`),
    result: z.string().nullable().describe('最后一件的结果；还有在办的为 null'),
  }),
).meta({ id: 'AccountabilityList' });

const signing = shape('CaseSigning', {
  checkpoint: checkpointMark,
  entries: z
    .array(
      z.object({
        seq: z.number().int().describe('工单轨迹的第几条'),
        index: z.number().int().nullable().describe('在全库的序号，从 0 起；还没有排号的为 null'),
        signed: z.boolean().describe('在最近一个签了名的检查点以内'),
      }),
    )
    .describe('工单轨迹的每一条'),
});

const readers = ['auditor', 'inspector', 'supervisor'] as const;

export const accountabilityOperations = under(
  '审计',
  {
    listAccountability: {
      request: 'GET /api/accountability',
      summary: `有问责的工单，新的在前（回放的不在内）（${cites('investigation')}至${cites('retaliation')}）`,
      access: readers,
      query: z.strictObject(cursorQuery),
      answers: { 200: json('问责案卷', accountabilityList) },
    },
    readCaseSigning: {
      request: 'GET /api/accountability/{no}/signing',
      summary: '案卷的每一条在全库排第几号、已经签名没有',
      access: readers,
      params: workOrderParams,
      answers: { 200: json('排号和签名', signing) },
      refusals: ['case.not-found'],
    },
  },
  'accountability',
);
