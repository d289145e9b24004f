/** Internal notes on a sheet: writing and striking out. They are read with the sheet's trail. */
import { z } from 'zod';
import { workOrder } from './case.js';
import { json, stepRefusals, under } from './operation.js';
import { positiveAsked, shapeAsked, text } from './primitives.js';
import { workOrderParams } from './work-order.js';

/** Who works on sheets; assessors and auditors only read. */
const access = ['intake', 'handler', 'reviewer', 'supervisor', 'inspector'] as const;

const note = shapeAsked('Note', {
  text: text(2000).meta({
    description: '加密保存；给看得到这张工单的人看，来电人看不到，不导出；不写来电人的个人信息',
    example: '来电人下午四点以后才接电话',
  }),
});

export const noteOperations = under('工单', {
  addNote: {
    request: 'POST /api/work-orders/{no}/notes',
    summary: '写一条内部备注：文字封存，记入轨迹（note.added），不能改；同样的话紧接着再发，仍是一条',
    access,
    params: workOrderParams,
    body: note,
    answers: { 200: json('写下以后的工单', workOrder) },
    refusals: ['case.not-found', ...stepRefusals],
  },
  strikeNote: {
    request: 'POST /api/work-orders/{no}/notes/{entry}/striking-out',
    summary: '划去自己写的内部备注：别人不再看到文字，轨迹照旧，另记一条（note.struck）',
    access,
    params: z.strictObject({
      ...workOrderParams.shape,
      entry: positiveAsked.meta({ description: '备注是轨迹的第几条', example: 7 }),
    }),
    answers: { 200: json('划去以后的工单', workOrder) },
    refusals: ['case.not-found', 'note.not-found', 'access.denied', ...stepRefusals],
  },
});
